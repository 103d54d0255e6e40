"""A demonstration as it is served: its own addresses, and the pack and script that ship."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from longleaf.demo.acting import act_out
from longleaf.demo.announcing import announcement
from longleaf.demo.script import Moment, Script, read_script
from longleaf.demo.stage import Stage
from longleaf.states.loading import load_pack

ROOT = Path(__file__).resolve().parents[4]
PACK, SCRIPT = ROOT / "states" / "nc", ROOT / "demonstrations" / "nc.yaml"
# What is told beside attempts, and is the same at every moment.
BESIDE = (
    *("applications", "brought", "wishes", "designed", "under_review", "complaints"),
    *("alarms_from", "requests", "policy_drafts"),
)
# Where nobody takes a test first, everybody reads.
UNCERTIFIED = {"gate": {"certification": "once_anchored"}, "calibrations": ()}
Act = Callable[..., tuple[Stage, dict[str, Any]]]


@pytest.fixture
def demonstration(settings: Any) -> None:
    # Its addresses are read once, under the settings of that moment; other tests need them as they are without a demo.
    import_module("longleaf.config.urls")
    settings.DEMO = True
    settings.DEMO_SCRIPT = SCRIPT
    settings.ROOT_URLCONF = "longleaf.demo.tests.addresses"
    settings.PUBLIC_URL = "http://testserver"


@pytest.fixture
def script() -> Script:
    return read_script(SCRIPT)


def without(script: Script, *chapters: str) -> Script:
    """The script with its first story alone, and without some chapters."""
    return script.model_copy(update={"stories": script.stories[:1], **dict.fromkeys(chapters, ())})


@pytest.fixture
def act(db: None, demonstration: None, script: Script) -> Act:
    """Acts everything out up to a moment; gives who is there, and what is announced. Told short, only one story."""

    def acted(until: Moment, *, short: bool = False) -> tuple[Stage, dict[str, Any]]:
        load_pack(PACK)
        brief = script.model_copy(update=UNCERTIFIED)
        told = without(brief, "judgements", "teams", *BESIDE) if short else script
        stage = act_out(told, until=until)
        return stage, announcement(told, stage, moment=until)

    return acted
