"""Commands on the installation: doctor."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime

from analytics.commands.common import FAULT, FINE, Command, no_options
from analytics.settings import Settings


def _doctor(settings: Settings, _options: argparse.Namespace) -> int:
    from analytics.jobs.doctor import examine

    facts = examine(settings, today=date.today(), now=datetime.now(UTC))
    print(json.dumps(facts, indent=2, ensure_ascii=False, default=str))
    return FINE if facts["ok"] else FAULT


COMMANDS: tuple[Command, ...] = (
    ("doctor", "Report the health of this installation as JSON.", _doctor, no_options),
)
