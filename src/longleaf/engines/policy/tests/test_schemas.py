"""The published schemas and the readers agree: what a reader takes is valid, and kinds and keys are the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from longleaf.engines.documents import DocumentError
from longleaf.engines.policy import overlaid, policy_from_document, record_from_document, schemas
from longleaf.engines.policy.conditions import CONDITIONS
from longleaf.engines.policy.needs import NEEDS
from longleaf.engines.policy.record_reading import CREDIT, LICENCE, RECORD
from longleaf.engines.policy.tests.kinds import KINDS, document_of
from longleaf.engines.policy.tests.small_policy import document, small_policy
from longleaf.engines.policy.tests.test_overlays import OURS
from longleaf.engines.policy.values import WORTHS

# How long an example takes says how busy the machine is, and nothing about the engine.
UNHURRIED = settings(deadline=None)
ROOT = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file())
PUBLISHED = {
    "policy": schemas.policy_schema,
    "policy-overlay": schemas.overlay_schema,
    "policy-record": schemas.record_schema,
}
READERS: dict[str, Callable[[object], object]] = {
    "policy": policy_from_document,
    "policy-overlay": lambda document: overlaid(small_policy(), document),
    "policy-record": record_from_document,
}
RICH_RECORD: dict[str, Any] = {
    "schema_version": 1,
    "licence": {
        "kind": "FULL",
        "role": "baker",
        "issued": "2022-07-01",
        "expires": "2027-06-30",
        "scores": {"content": {"score": 142, "qualifying": 150, "sem": 4}},
    },
    "credits": [
        {
            "id": "a",
            "kind": "hour",
            "amount": "1.5",
            "earned_on": "2024-02-29",
            "topics": ["rye"],
            "decision": {"outcome": "approved", "by": "North", "decided_on": "2024-03-01", "credits": 2},
            "value": {"credits": 1, "set_by": "North", "rule": "one"},
            "pieces": ["b"],
        },
        {"id": "b", "kind": "badge", "earned_on": "2024-01-01", "counted_before": 0.5, "published": 3},
    ],
    "approvals": [{"code": "form", "by": "North", "given_on": "2024-01-01"}],
    "plans": [
        {
            "id": "p",
            "title": "Plan",
            "set_by": "North",
            "from": "2024-01-01",
            "waives": ["craft"],
            "outcomes": [{"title": "two", "at_least": 2}],
        }
    ],
}


def as_json(value: Any) -> Any:
    """What YAML gives as JSON has it: days as text."""
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@lru_cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(PUBLISHED[name]())


def objections(name: str, document: object) -> list[str]:
    return [f"{it.json_path}: {it.message}" for it in validator(name).iter_errors(as_json(document))]


def documents() -> dict[tuple[str, str], Any]:
    """Every document at hand, by its schema and name."""
    found: dict[tuple[str, str], Any] = {("policy", kind): document_of(kind) for kind in KINDS}
    found["policy", "small"] = document()
    for path in (ROOT / "states").glob("*/policy/*.yaml"):
        found["policy", f"{path.parts[-3]} {path.stem}"] = yaml.safe_load(path.read_text("utf-8"))
    return {**found, ("policy-overlay", "ours"): OURS, ("policy-record", "rich"): RICH_RECORD}


DOCUMENTS = documents()


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_schema_is_one_and_stands_in_the_reference_as_it_is(name: str) -> None:
    Draft202012Validator.check_schema(PUBLISHED[name]())
    published = json.loads((ROOT / "docs" / "reference" / f"{name}.schema.json").read_text("utf-8"))
    assert published == PUBLISHED[name](), "Write it anew with `longleaf policy schema`."


@pytest.mark.parametrize("which", DOCUMENTS, ids=" ".join)
def test_every_document_at_hand_is_valid(which: tuple[str, str]) -> None:
    assert objections(which[0], DOCUMENTS[which]) == []


def test_records_of_all_examples_are_valid() -> None:
    for (name, _), whole in DOCUMENTS.items():
        for example in whole.get("examples", []) if name == "policy" else []:
            record = {key: example[key] for key in RECORD if key in example}
            assert objections("policy-record", record) == []


@pytest.mark.parametrize(
    ("table", "shown"),
    [(CONDITIONS, schemas.CONDITIONS), (WORTHS, schemas.WORTHS), (NEEDS, schemas.NEED_KINDS)],
    ids=["conditions", "worths", "needs"],
)
def test_kinds_and_keys_are_those_of_the_reader(table: dict[str, Any], shown: dict[str, Any]) -> None:
    assert {kind: set(keys) for kind, (keys, _) in table.items()} == {
        kind: set(schema["properties"]) for kind, schema in shown.items()
    }


def test_keys_of_a_record_are_those_of_the_reader() -> None:
    assert set(schemas.RECORD) == set(RECORD)
    assert set(schemas.RECORD_DEFS["credit"]["properties"]) == set(CREDIT)
    assert set(schemas.RECORD_DEFS["licence"]["properties"]) == set(LICENCE)


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield (*path, key)
        yield from spots(each, (*path, key))


def changed(whole: Any, path: tuple[Any, ...], draw: Callable[..., Any]) -> Any:
    """The document with one place taken out or replaced by something else."""
    whole = copy.deepcopy(as_json(whole))
    spot = whole
    for key in path[:-1]:
        spot = spot[key]
    others = st.sampled_from([None, "", " ", "magic", "2024-02-29", "1.5", "3", 0, 1, -1, 2.5, True, [], ["a"], {}])
    if draw(st.booleans()):
        spot[path[-1]] = draw(others)
    elif isinstance(spot, list):
        spot.insert(0, spot[path[-1]])
    else:
        del spot[path[-1]]
    return whole


@UNHURRIED
@given(st.data())
def test_whatever_a_reader_takes_is_valid(data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(list(DOCUMENTS)))
    name, whole = which[0], DOCUMENTS[which]
    whole = {key: value for key, value in whole.items() if key != "examples"}
    altered = changed(whole, data.draw(st.sampled_from(list(spots(as_json(whole))))), data.draw)
    try:
        READERS[name](altered)
    except DocumentError:
        return
    assert objections(name, altered) == []
