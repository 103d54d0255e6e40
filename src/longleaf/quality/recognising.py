"""Answers, for the verification of badges, whether this state recognises what a badge says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from longleaf.awards import addresses
from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.engines.openbadges.report import Recognition
from longleaf.kit.dates import day as in_words
from longleaf.quality import queries, stating, wording
from longleaf.quality.queries import Holding

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.quality.models import QualityDecision


def recognition_of(*, issuer: str, achievement: str, on: date) -> Recognition:
    """Whether the state recognises an achievement of an issuer on a day, by a signed statement that stands on that day.

    `achievement` and `issuer` are the ids that a badge carries: the achievement's address here, and the issuer's did or
    the address of its profile.
    """
    version = _version_at(achievement)
    if version is None:
        return Recognition(None, f"This achievement is not in the register of {_state_name()}.")
    offering = version.micro_credential.issuer
    if issuer not in {addresses.issuer_id(offering), addresses.profile(offering)}:
        return Recognition(False, f"This achievement is offered by {offering}, and the badge names another issuer.")
    holding = queries.holding_on_organisation(offering, on)
    if not any(each.recognises for each in holding) and (refused := [each for each in holding if _refuses(each)]):
        return Recognition(False, wording.told(refused[0]))
    return _answer(version, on)


def _refuses(holding: Holding) -> bool:
    """Whether a decision on an issuer says no to all that it offers.

    An application that was returned says nothing of what was recognised without one, and an approval whose term is over
    ends no recognition.
    """
    return holding.decision.outcome not in queries.RECOGNISES and queries.replaces(holding.decision)


def _answer(version: Version, on: date) -> Recognition:
    holding = queries.holding_on_version(version, on)
    recognising = [each for each in holding if each.recognises]
    if recognising:
        return _answer_from_statements(recognising)
    if holding:
        return Recognition(False, wording.told(holding[0]))
    return Recognition(
        False, f"{version} is in the register of {_state_name()}, but no decision recognizes it on {in_words(on)}."
    )


def _answer_from_statements(recognising: list[Holding]) -> Recognition:
    """Only what is signed counts, and is verified each time: an entry in a table is nobody's word."""
    standing = [(holding.decision, address) for holding in recognising if (address := _address_of(holding))]
    if not standing:
        return _unsigned(recognising[0].decision)
    decision, address = standing[0]
    return Recognition(
        True,
        f"{wording.recognition(decision)} Signed statement: {address}",
        by=str(decision.decided_by),
        since=decision.valid_from,
        until=decision.valid_until,
        statements=tuple(address for _, address in standing),
    )


def _address_of(holding: Holding) -> str:
    """Where the signed statement of a decision is, as long as it stands."""
    statement = stating.stated(holding)
    return statement.address if statement and statement.stands else ""


def _unsigned(decision: QualityDecision) -> Recognition:
    who, what = decision.decided_by, wording.subject_of(decision)
    return Recognition(
        False, f"{who} has decided on {what}, but no signed statement of it stands now. Try again in a few minutes."
    )


def _version_at(achievement: str) -> Version | None:
    """The version that an achievement's address names, if that address is ours."""
    try:
        version = catalog.version_by_uuid(UUID(achievement.rstrip("/").rpartition("/")[2]))
    except ValueError:
        return None
    return version if version and addresses.achievement(version) == achievement else None


def _state_name() -> str:
    state = directory.current_state()
    return state.name if state else "this installation"
