"""All kinds of rule that states have, each expressed by a construct of the document and shown by examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from longleaf.engines.policy import check_examples, policy_from_document
from longleaf.engines.policy.tests.kinds import KINDS, document_of

ROOT = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file())
REFERENCE = ROOT.parent / "shared" / "reference" / "nc_policy.json"
OF_ALL = 28


def words_at(value: Any, path: list[str]) -> Iterator[object]:
    """Every word at a path; `[]` stands for each entry of a list."""
    if not path:
        yield value
        return
    key, rest = path[0], path[1:]
    found = value.get(key.removesuffix("[]")) if isinstance(value, dict) else None
    for each in (found or []) if key.endswith("[]") else [found]:
        yield from words_at(each, rest)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_expressed_and_its_examples_hold(kind: str) -> None:
    document = document_of(kind)
    assert [str(it) for it in check_examples(policy_from_document(document))] == []
    shown = KINDS[kind]["shown_by"]
    assert shown["is"] in list(words_at(document, shown["path"].split(".")))


def test_there_is_a_construct_for_every_kind() -> None:
    assert len(KINDS) == OF_ALL


@pytest.mark.official
@pytest.mark.skipif(not REFERENCE.is_file(), reason="The reference list of kinds is not beside this repository.")
def test_the_kinds_are_those_of_the_reference_list() -> None:
    reference = json.loads(REFERENCE.read_text("utf-8"))["rule_kinds_an_engine_must_express"]
    assert set(KINDS) == set(reference)
