"""The pipeline on the 600 sentences of each language that SEJAHTERA_BENCH holds."""

import os
from pathlib import Path

import pandas as pd
import pytest

from analytics.jobs.perception import measured_over

BENCH = Path(os.environ.get("SEJAHTERA_BENCH", "")) / "nusax"
LEAST = {"indonesian": (0.79, 0.60), "javanese": (0.77, 0.50)}

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.long,
    pytest.mark.skipif(not BENCH.is_dir(), reason="SEJAHTERA_BENCH names no nusax"),
]


@pytest.mark.parametrize("language", LEAST)
def test_macro_f1_in_five_folds(language):
    parts = [pd.read_csv(BENCH / f"{language}_{part}.csv") for part in ("train", "valid")]
    frame = pd.concat(parts, ignore_index=True)
    found = measured_over(frame, folds=5)
    pipeline, lexicon = LEAST[language]
    assert len(frame) == 600
    assert found["pipeline"].macro_f1 >= pipeline > 0
    assert found["seed_lexicon"].macro_f1 >= lexicon
    assert found["pipeline"].macro_f1 > found["yardstick"].macro_f1
