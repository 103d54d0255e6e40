"""`longleaf` lists its commands by what they are for, and every one of them exists."""

from __future__ import annotations

import sys

import pytest
from django.core.management import get_commands

from longleaf import __version__
from longleaf.config import command_line


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_it_lists_its_commands(words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["longleaf", *words])
    command_line.main()
    told = capsys.readouterr().out
    assert told.startswith("Longleaf makes educator micro-credentials count.")
    for group in ("Set up:", "Run:", "Show that it holds:"):
        assert group in told
    assert "journal verify" in told


def test_it_tells_its_version(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["longleaf", "--version"])
    command_line.main()
    assert capsys.readouterr().out == f"{__version__}\n"


def test_every_command_that_is_listed_exists_and_every_one_of_ours_is_listed():
    listed = {name.split()[0] for commands in command_line.GROUPS.values() for name in commands}
    ours = {name.replace("_", "-") for name, app in get_commands().items() if str(app).startswith("longleaf.")}
    assert listed - {"migrate"} == ours


def test_lines_stay_narrow_enough_for_a_terminal():
    assert all(len(line) <= 100 for line in command_line.overview().splitlines())


def test_a_command_has_its_own_help(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["longleaf", "journal", "--help"])
    with pytest.raises(SystemExit) as end:
        command_line.main()
    assert end.value.code == 0
    assert "verify" in capsys.readouterr().out


def test_a_command_that_is_none_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["longleaf", "fly"])
    with pytest.raises(SystemExit) as end:
        command_line.main()
    assert end.value.code == 1
    assert "fly" in capsys.readouterr().err
