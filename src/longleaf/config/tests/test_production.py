"""Production refuses to start on a value that development runs with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from longleaf.config.checks import production_has_values_of_its_own

SOUND = {
    "PRODUCTION": True,
    "SECRET_KEY": "s" * 60,
    "KEY_ENCRYPTION_SECRET": "k" * 60,
    "PUBLIC_URL": "https://longleaf.example",
    "DEMO": False,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["longleaf.example"],
}
ROOT = Path(__file__).resolve().parents[4]


def refused(**changes: object) -> list[str]:
    with override_settings(**{**SOUND, **changes}):
        return [mistake.id or "" for mistake in production_has_values_of_its_own(None)]


def test_sound_values_are_let_through():
    assert refused() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SECRET_KEY": "development-only: production refuses to start on this value"}, "longleaf.E001"),
        ({"SECRET_KEY": "short"}, "longleaf.E001"),
        ({"KEY_ENCRYPTION_SECRET": "development-only: production refuses to start on this value"}, "longleaf.E002"),
        ({"KEY_ENCRYPTION_SECRET": ""}, "longleaf.E002"),
        ({"KEY_ENCRYPTION_SECRET": "s" * 60}, "longleaf.E002"),
        ({"PUBLIC_URL": "http://longleaf.example"}, "longleaf.E003"),
        ({"DEMO": True}, "longleaf.E004"),
        ({"DEBUG": True}, "longleaf.E004"),
        ({"ALLOWED_HOSTS": ["longleaf.example", "*"]}, "longleaf.E005"),
    ],
)
def test_each_development_value_is_refused_by_name(changes, code):
    assert refused(**changes) == [code]


def test_development_runs_with_nothing_set():
    with override_settings(PRODUCTION=False):
        assert production_has_values_of_its_own(None) == []


def test_no_check_of_ours_or_of_django_finds_anything():
    assert run_checks() == []


def longleaf(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LONGLEAF_", "DATABASE_URL"))}
    return subprocess.run(
        [str(Path(sys.executable).with_name("longleaf")), *words],
        env={**kept, "LONGLEAF_VAR": str(tmp_path), **environment},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("command", [("migrate",), ("work", "--once"), ("check",)])
def test_a_command_does_not_start_in_production_on_development_values(command, tmp_path):
    ended = longleaf(tmp_path, *command, LONGLEAF_PRODUCTION="yes")
    assert ended.returncode != 0
    for code in ("longleaf.E001", "longleaf.E002", "longleaf.E003"):
        assert code in ended.stderr


def test_the_web_server_does_not_start_in_production_on_development_values(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", "from longleaf.config.wsgi import application"],
        env={**os.environ, "LONGLEAF_VAR": str(tmp_path), "LONGLEAF_PRODUCTION": "yes"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode != 0
    assert "longleaf.E001" in ended.stderr


def test_a_command_starts_in_production_on_values_of_its_own(tmp_path):
    secret = tmp_path / "key"
    secret.write_text("k" * 60)
    ended = longleaf(
        tmp_path,
        "check",
        LONGLEAF_PRODUCTION="yes",
        LONGLEAF_SECRET_KEY="s" * 60,
        LONGLEAF_KEY_ENCRYPTION_SECRET_FILE=str(secret),
        LONGLEAF_PUBLIC_URL="https://longleaf.example",
        LONGLEAF_HOSTS="longleaf.example",
    )
    assert ended.returncode == 0, ended.stderr


def test_a_mistyped_switch_stops_the_start_and_is_named(tmp_path):
    ended = longleaf(tmp_path, "check", LONGLEAF_PRODUCTION="ture")
    assert ended.returncode != 0
    assert "LONGLEAF_PRODUCTION is 'ture'. Set it to yes or no." in ended.stderr
