"""`longleaf demo` fills an embedded database once, and never one in which anybody is real."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from longleaf.demo.script import Moment
from longleaf.demo.tests.conftest import BESIDE, PACK, ROOT, SCRIPT, UNCERTIFIED


def demo(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LONGLEAF_", "DATABASE_URL"))}
    settings = {"LONGLEAF_DEMO": "yes", "LONGLEAF_VAR": str(folder), "LONGLEAF_PUBLIC_URL": "http://localhost:8123"}
    return subprocess.run(
        [str(Path(sys.executable).with_name("longleaf")), "demo", *words],
        env={**kept, **settings, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def short(folder: Path, name: str = "short.yaml", **changes: object) -> str:
    """The script that ships, with one story only and nobody certified, so that it is acted out sooner."""
    script = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
    left_out = {"judgements", "teams", *BESIDE}
    kept = {name: told for name, told in script.items() if name not in left_out}
    told = {**kept, **UNCERTIFIED, "calibrations": [], "stories": script["stories"][:1], **changes}
    (folder / name).write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return str(folder / name)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    ended = demo(folder, "--at", "start", "--script", short(folder), "--announce", str(folder / "told" / "demo.json"))
    assert ended.returncode == 0, ended.stderr
    (folder / "said.txt").write_text(ended.stdout)
    return folder


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "copy"))


def again(copy: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same moment of the same script, asked for once more."""
    return demo(copy, "--at", "start", "--script", str(copy / "short.yaml"), *words, **environment)


def people_in(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "longleaf.sqlite3") as opened:
        return list(opened.execute("SELECT ref, email FROM directory_person ORDER BY id"))


def test_it_says_where_to_look_and_as_whom(filled):
    said = (filled / "said.txt").read_text()
    told = json.loads((filled / "told" / "demo.json").read_text())
    assert told["base_url"] == "http://localhost:8123"
    for person in told["personas"]:
        assert person["email"] in said
    for address in told["urls"].values():
        assert address in said
        assert address.startswith("http://localhost:8123/")
    assert told["password"] in said
    assert all(moment.value in said for moment in Moment)


def test_the_second_time_nothing_is_acted_out(copy):
    before = people_in(copy)
    ended = again(copy)
    assert ended.returncode == 0, ended.stderr
    assert people_in(copy) == before


def test_a_database_of_another_schema_is_begun_anew(copy):
    before = people_in(copy)
    mark = copy / "acted-out.json"
    mark.write_text(json.dumps({**json.loads(mark.read_text()), "schema": "that of another day"}))
    assert again(copy).returncode == 0
    assert {ref for ref, _ in people_in(copy)}.isdisjoint(ref for ref, _ in before)


def test_served_elsewhere_it_announces_the_new_address(copy):
    ended = again(copy, "--announce", str(copy / "d.json"), LONGLEAF_PUBLIC_URL="http://localhost:9001")
    assert "http://localhost:9001/" in ended.stdout
    assert "8123" not in ended.stdout
    assert json.loads((copy / "d.json").read_text())["base_url"] == "http://localhost:9001"


def test_a_script_that_cannot_be_read_costs_nobody_the_demonstration_they_have(copy):
    before = people_in(copy)
    assert demo(copy, "--at", "start", "--script", short(copy, "broken.yaml", people="nobody")).returncode != 0
    assert people_in(copy) == before
    assert again(copy).returncode == 0
    assert people_in(copy) == before


def test_what_was_begun_for_another_moment_and_not_finished_is_begun_anew(copy):
    before = people_in(copy)
    headline = {"earner": "maya", "micro_credential": "no-such-one"}
    changed = short(copy, "changed.yaml", headline=headline)
    assert demo(copy, "--at", "draft", "--script", changed).returncode != 0
    ended = again(copy)
    assert ended.returncode == 0, ended.stderr
    after = people_in(copy)
    assert [email for _, email in after] == [email for _, email in before]
    assert {ref for ref, _ in after}.isdisjoint(ref for ref, _ in before)


def test_it_refuses_without_the_setting(tmp_path):
    ended = demo(tmp_path, LONGLEAF_DEMO="no")
    assert ended.returncode == 1
    assert "Set LONGLEAF_DEMO=yes" in ended.stderr
    assert not (tmp_path / "longleaf.sqlite3").exists()


def test_it_refuses_a_database_with_real_people_and_leaves_it(copy):
    with sqlite3.connect(copy / "longleaf.sqlite3") as opened:
        opened.execute("UPDATE directory_person SET is_synthetic = 0 WHERE id = 1")
    before = people_in(copy)
    ended = demo(copy, "--at", "draft")
    assert ended.returncode == 1
    assert "holds people who are not synthetic" in ended.stderr
    assert people_in(copy) == before


def test_it_refuses_any_database_but_the_embedded_one(tmp_path):
    ended = demo(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere")
    assert ended.returncode == 1
    assert "Leave DATABASE_URL unset" in ended.stderr


def test_it_refuses_a_moment_that_is_none(tmp_path):
    ended = demo(tmp_path, "--at", "never")
    assert ended.returncode != 0
    assert "invalid choice: 'never'" in ended.stderr


def test_its_journal_holds(filled):
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("longleaf")), "journal", "verify"],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "LONGLEAF_VAR": str(filled),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("The chain holds: ")


def test_pack_and_script_that_it_is_tested_with_are_those_that_ship():
    assert PACK.is_dir()
    assert SCRIPT.is_file()
