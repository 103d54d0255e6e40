"""One address tells which database is used, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from longleaf.config import database


def test_sqlite_takes_a_path_and_makes_its_folder(tmp_path):
    found = database.settings_for(f"sqlite:///{tmp_path}/deep/a%20name.sqlite3")
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == tmp_path / "deep" / "a name.sqlite3"
    assert (tmp_path / "deep").is_dir()


def test_sqlite_takes_a_path_from_where_it_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert database.settings_for("sqlite:///here.sqlite3")["NAME"] == Path("here.sqlite3")


def test_sqlite_can_live_in_memory():
    assert database.settings_for("sqlite:///:memory:")["NAME"] == ":memory:"


def test_sqlite_lets_writers_wait_for_one_another(tmp_path):
    options = database.settings_for(f"sqlite:///{tmp_path}/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 10
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_takes_every_part_of_an_address(scheme):
    found = database.settings_for(f"{scheme}://user:p%40ss@db.example:6432/long%20leaf?sslmode=require")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    parts = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {
        "NAME": "long leaf", "USER": "user", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6432",
    }  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] >= 2


def test_postgresql_takes_an_address_with_little_in_it():
    found = database.settings_for("postgresql:///longleaf")
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == ("longleaf", "", "", "")


@pytest.mark.parametrize("address", ["mysql://host/name", "longleaf.sqlite3", ""])
def test_any_other_address_is_refused_with_what_to_write(address):
    with pytest.raises(ImproperlyConfigured, match="Use sqlite:///path or postgresql://"):
        database.settings_for(address)
