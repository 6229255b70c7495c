"""Makes the training region pack data/contoh: the fictional Kabupaten Contoh.

    python tools/make_training_pack.py [--output FOLDER] [--vocabulary FOLDER]

The same program, seed and shared vocabulary give the same bytes. Words that all packs share
(units, indicators, commodities, caveats, national holidays) come from the pack given by
`--vocabulary`, by default the first pack in data/ that is not for training.
"""

import argparse
import json
from pathlib import Path

from training_pack.randomness import SEED
from training_pack.vocabulary import read_vocabulary
from training_pack.write import make_pack, write_pack

DATA = Path(__file__).resolve().parent.parent / "data"


def first_real_pack(data: Path) -> Path:
    """The first pack that is not for training. Raises FileNotFoundError when there is none."""
    for path in sorted(data.glob("*/datapackage.json")):
        if not json.loads(path.read_text(encoding="utf-8"))["sejahtera"]["is_training"]:
            return path.parent
    raise FileNotFoundError(f"No pack in {data} to take the shared vocabulary from.")


def main() -> None:
    """Reads the arguments, makes the pack and says how large each table is."""
    parser = argparse.ArgumentParser(description="Makes the training region pack.")
    parser.add_argument("--output", type=Path, default=DATA / "contoh")
    parser.add_argument("--vocabulary", type=Path, help="pack whose words are shared")
    arguments = parser.parse_args()
    vocabulary = read_vocabulary(arguments.vocabulary or first_real_pack(DATA))
    pack = make_pack(vocabulary)
    write_pack(pack=pack, folder=arguments.output)
    print(f"seed {SEED}")
    for name, rows in pack.tables.items():
        print(f"{name:20} {len(rows):6} rows")


if __name__ == "__main__":
    main()
