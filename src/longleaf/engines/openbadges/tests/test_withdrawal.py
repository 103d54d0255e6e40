"""The step `status`: withdrawn and suspended, one list or several, lists as tokens, and what is not understood."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from longleaf.engines.openbadges import building, status, tokens
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

SUSPENSIONS = "https://badges.example/issuers/pines/status/2"
REVOKED = status.StatusEntry(list_url=cast.LIST_URL, index=77).as_json()
SUSPENDED = status.StatusEntry(list_url=SUSPENSIONS, index=5, purpose=status.SUSPENSION).as_json()
MESSAGE = {**REVOKED, "id": f"{cast.LIST_URL}#message", "statusPurpose": "message"}


def badge(entries: Any) -> dict[str, Any]:
    document = building.achievement_credential(replace(cast.CREDENTIAL, status=None))
    return cast.signed({**document, "credentialStatus": entries})


def suspensions(*indexes: int, **options: Any) -> dict[str, Any]:
    return status.status_list_credential(
        url=SUSPENSIONS,
        issuer=cast.ISSUER,
        unpacked=status.bits(indexes),
        valid_from=cast.ISSUED,
        purpose=status.SUSPENSION,
        **options,
    )


def answer(material: Any, **documents: Any) -> tuple[str, str, str]:
    web = cast.web(**{SUSPENSIONS: cast.signed(suspensions()), **documents})
    report: Report = verify(material, documents=web, now=cast.NOW)
    step = report.step("status")
    return report.verdict, step.outcome, step.reason


BOTH = badge([REVOKED, SUSPENDED])


def test_a_badge_on_two_lists_is_valid_when_both_let_it_stand() -> None:
    assert answer(BOTH)[:2] == ("valid", "passed")


def test_either_list_is_enough_to_refuse_it() -> None:
    assert answer(BOTH, **{cast.LIST_URL: cast.status_list(77)})[2].startswith("The issuer withdrew")
    assert answer(BOTH, **{SUSPENSIONS: cast.signed(suspensions(5))})[2].startswith("The issuer suspended")


def test_a_list_that_speaks_against_it_outweighs_one_that_cannot_be_had() -> None:
    away = badge([{**SUSPENDED, "statusListCredential": "https://away.example/1"}, REVOKED])
    assert answer(away)[:2] == ("unknown", "not_checked")
    assert answer(away, **{cast.LIST_URL: cast.status_list(77)})[:2] == ("invalid", "failed")


@pytest.mark.parametrize(
    "entry",
    [
        MESSAGE,
        {**REVOKED, "statusPurpose": "refresh"},
        {**REVOKED, "statusPurpose": None},
        {**REVOKED, "statusPurpose": ["revocation"]},
        {**REVOKED, "statusSize": 2},
    ],
)
def test_a_purpose_that_is_not_understood_is_never_valid(entry: dict[str, Any]) -> None:
    entry = {name: value for name, value in entry.items() if value is not None}
    assert answer(badge([entry]))[0] == "unknown"
    assert answer(badge([REVOKED, entry]))[0] == "unknown"


def test_there_is_an_end_to_how_many_lists_are_asked() -> None:
    many = [{**REVOKED, "id": f"{cast.LIST_URL}#{number}"} for number in range(5)]
    assert answer(badge(many))[:2] == ("invalid", "failed")


@pytest.mark.parametrize("withdrawn", [[], [77]])
def test_a_list_may_be_a_token(withdrawn: list[int]) -> None:
    document = status.status_list_credential(
        url=cast.LIST_URL, issuer=cast.ISSUER, unpacked=status.bits(withdrawn), valid_from=cast.ISSUED
    )
    token = tokens.signed(document, signer=cast.SIGNER)
    expected = ("invalid", "failed") if withdrawn else ("valid", "passed")
    assert answer(cast.badge(), **{cast.LIST_URL: token.encode()})[:2] == expected
    altered = f"{token[:-4]}AAAA"
    assert answer(cast.badge(), **{cast.LIST_URL: altered.encode()})[0] == "invalid"


def test_a_list_says_how_long_it_may_be_kept_and_is_read_with_it() -> None:
    kept = cast.signed(suspensions(5, keep_for=timedelta(minutes=5)))
    assert kept["credentialSubject"]["ttl"] == 300_000
    assert answer(badge(SUSPENDED), **{SUSPENSIONS: kept})[:2] == ("invalid", "failed")
    kept = cast.signed(suspensions(keep_for=timedelta(minutes=5)))
    assert answer(badge(SUSPENDED), **{SUSPENSIONS: kept})[:2] == ("valid", "passed")


@pytest.mark.parametrize("ttl", [-1, 1.5, "300000", True])
def test_a_list_that_may_be_kept_for_no_sensible_time_is_none(ttl: Any) -> None:
    document = suspensions()
    document["credentialSubject"]["ttl"] = ttl
    assert answer(badge(SUSPENDED), **{SUSPENSIONS: cast.signed(document)})[:2] == ("invalid", "failed")


def test_a_status_list_can_be_verified_by_itself() -> None:
    for material in (cast.status_list(77), tokens.signed(suspensions(), signer=cast.SIGNER)):
        report = verify(material, documents=cast.web(), now=cast.NOW)
        assert (report.verdict, report.step("format").reason) == ("valid", "It is a well-formed status list.")


@pytest.mark.official
def test_what_is_written_is_one_entry_which_the_schema_takes_and_never_a_list_which_it_does_not(shared: Path) -> None:
    path = shared / "schemas/json/ob/v3p0/strict/ob_v3p0_achievementcredential_strict.json"
    official = jsonschema.Draft201909Validator(json.loads(path.read_text()))
    assert official.is_valid(cast.badge())
    assert not official.is_valid(BOTH)


@pytest.mark.parametrize("purpose", ["message", "refresh", ""])
def test_nothing_is_listed_for_another_purpose(purpose: str) -> None:
    with pytest.raises(CannotBuild):
        status.StatusEntry(list_url=cast.LIST_URL, index=1, purpose=purpose).as_json()
    with pytest.raises(CannotBuild):
        status.status_list_credential(
            url="u", issuer="i", unpacked=status.bits([]), valid_from=cast.ISSUED, purpose=purpose
        )


def test_another_list_of_the_issuer_is_no_answer() -> None:
    """Whoever keeps the issuer's files could else hand out one on which the badge is not withdrawn."""
    address = f"{cast.LIST_URL}0"
    other = status.status_list_credential(
        url=address, issuer=cast.ISSUER, unpacked=status.bits([]), valid_from=cast.ISSUED
    )
    report = verify(cast.badge(), documents=cast.web(**{cast.LIST_URL: cast.signed(other)}), now=cast.NOW)
    assert (report.verdict, report.step("status").outcome) == ("unknown", "not_checked")
    assert f"is that of {address}" in report.step("status").reason


def test_a_list_that_was_moved_still_speaks_against_a_badge() -> None:
    """Issuers move lists to other hosts; who is on one there is not let off because of it."""
    moved = status.status_list_credential(
        url=f"{cast.LIST_URL}0", issuer=cast.ISSUER, unpacked=status.bits([77]), valid_from=cast.ISSUED
    )
    report = verify(cast.badge(), documents=cast.web(**{cast.LIST_URL: cast.signed(moved)}), now=cast.NOW)
    assert (report.verdict, report.step("status").outcome) == ("invalid", "failed")
