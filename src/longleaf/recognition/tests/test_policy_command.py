"""`longleaf policy`: what it checks, compares, evaluates and explains, and with which exit codes."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from longleaf.recognition.tests.factories import badge, license_for, load, make_policy_document, worth_each
from longleaf.recognition.tests.test_overlays import make_overlay

ROOT = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file())
NC = ROOT / "states" / "nc" / "policy" / "renewal.yaml"
LOCAL = ROOT / "docs" / "examples" / "local-overlays"
EXAMPLE = {
    "title": "Forty clock hours",
    "as_of": "2026-10-01",
    "licence": {"kind": "FULL", "role": "teacher", "issued": "2024-07-01", "expires": "2029-06-30"},
    "credits": [{"id": "a", "kind": "clock_hour", "amount": 40, "earned_on": "2025-01-01"}],
    "expect": {"counted": 4},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "renewal.yaml", make_policy_document(examples=[EXAMPLE]))
    write(tmp_path / "units" / "first.json", make_overlay(examples=[{**EXAMPLE, "expect": {"counted": 1}}]))
    (tmp_path / "glossary.yaml").write_text("terms: []\n", encoding="utf-8")
    return tmp_path


def write(file: Path, document: Any) -> None:
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(document) if file.suffix == ".json" else yaml.safe_dump(document)
    file.write_text(text, encoding="utf-8")


def run(capsys: Any, *words: Any) -> tuple[int, str, str]:
    code = 0
    try:
        call_command("policy", *map(str, words))
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_it_checks_policies_and_overlays_and_passes_other_files_by(folder, capsys):
    code, out, _ = run(capsys, "check", folder)
    assert (code, out.count("sound, 1 example")) == (0, 2)
    assert "glossary" not in out


def test_it_names_every_mistake_with_file_and_place(folder, capsys):
    write(folder / "renewal.yaml", make_policy_document(examples=[{**EXAMPLE, "expect": {"counted": 5}}]))
    write(folder / "stray.yaml", {**make_overlay(), "overlay_of": "XX"})
    code, out, err = run(capsys, "check", folder)
    assert code == 1
    assert "renewal.yaml: examples[0].expect.counted: Expected 5, but the ledger says 4." in err
    assert "stray.yaml: overlay_of: No policy “XX”" in err
    assert "renewal.yaml: 1 mistake, 1 example." in out


def test_in_a_folder_called_policy_everything_is_meant(tmp_path, capsys):
    write(tmp_path / "policy" / "renewal.yaml", {"titel": "Misspelt"})
    assert run(capsys, "check", tmp_path)[0] == 1
    (tmp_path / "policy" / "renewal.yaml").write_text("[broken", encoding="utf-8")
    code, _, err = run(capsys, "check", tmp_path)
    assert (code, "neither YAML nor JSON" in err) == (1, True)
    shutil.rmtree(tmp_path / "policy")
    assert run(capsys, "check", tmp_path)[0] == 2


def test_the_packs_and_the_documented_overlays_are_sound(capsys):
    code, out, err = run(capsys, "check", ROOT / "states")
    assert (code, err) == (0, "")
    assert "overlays/160.yaml: sound" in out
    code, out, err = run(capsys, "check", LOCAL, "--over", NC)
    assert (code, out.count("sound"), err) == (0, 2, "")


def test_it_evaluates_a_record_from_files_alone(tmp_path, capsys, django_assert_num_queries):
    record = {key: EXAMPLE[key] for key in ("licence", "credits")}
    write(tmp_path / "policy.yaml", make_policy_document())
    write(tmp_path / "record.json", record)
    write(tmp_path / "unit.yaml", make_overlay())
    files = (tmp_path / "policy.yaml", tmp_path / "record.json", "--on", "2026-10-01")
    _, out, _ = run(capsys, "evaluate", *files)
    assert "4 credits of 10 counted, 6 missing." in out
    assert "By MD-hours (synthetic)." in out
    _, out, _ = run(capsys, "evaluate", *files, "--overlay", tmp_path / "unit.yaml", "--json")
    found = json.loads(out)
    assert (found["counted"], found["overlays"][0]["id"]) == ("1", "D1")
    assert {line["value_rule"]["id"] for line in found["lines"]} == {"MD-hours"}


def test_what_cannot_be_evaluated_has_its_own_exit_code(tmp_path, capsys):
    write(tmp_path / "policy.yaml", make_policy_document())
    write(tmp_path / "record.yaml", {"licence": {"kind": "FULL", "role": "teacher", "expires": "2010-01-01"}})
    write(tmp_path / "bad.yaml", {"licence": {"kind": "FULL"}})
    assert run(capsys, "evaluate", tmp_path / "policy.yaml", tmp_path / "record.yaml")[0] == 1
    code, _, err = run(capsys, "evaluate", tmp_path / "policy.yaml", tmp_path / "bad.yaml")
    assert (code, "licence.role: " in err) == (2, True)
    assert run(capsys, "evaluate", tmp_path / "none.yaml", tmp_path / "record.yaml")[0] == 2


def test_it_compares_rule_by_rule(tmp_path, capsys):
    write(tmp_path / "a.yaml", make_policy_document())
    write(tmp_path / "b.yaml", make_policy_document(title="Mended"))
    assert run(capsys, "diff", tmp_path / "a.yaml", tmp_path / "a.yaml")[:2] == (0, "Both say the same.\n")
    code, out, _ = run(capsys, "diff", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert (code, out) == (1, "Changed: document (Mended)\n  title: Meadow renewal -> Mended\n")


@pytest.mark.parametrize("name", ["policy", "policy-overlay", "policy-record"])
def test_it_prints_the_published_schema(name, capsys):
    _, out, _ = run(capsys, "schema", name)
    published = (ROOT / "docs" / "reference" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(out) == json.loads(published)


def test_it_explains_the_ledger_of_somebody(capsys, state, district, psu_officer, educator, version):
    load(state)
    license_for(educator, state)
    worth_each(district, psu_officer, credits=2)
    badge(educator, version)
    code, out, _ = run(capsys, "explain", "--educator", educator.ref, "--on", date(2026, 10, 1))
    assert code == 0
    assert version.title in out
    assert "By MD-local (synthetic)." in out
    assert json.loads(run(capsys, "explain", "--educator", educator.ref, "--json")[1])["counted"] == "2"
    later = license_for(educator, state, issued=date(2026, 7, 1), expires=date(2031, 6, 30))
    asked = ("explain", "--educator", educator.ref, "--on", date(2026, 10, 1), "--licence")
    assert "to June 30, 2031" in run(capsys, *asked, later.pk)[1]
    code, _, err = run(capsys, *asked, 999_999)
    assert (code, f"{later.pk} (FULL until 2031-06-30)" in err) == (1, True)
    code, _, err = run(capsys, "explain", "--educator", "nobody@example.org")
    assert (code, err) == (1, "Nobody is enrolled with nobody@example.org.\n")
