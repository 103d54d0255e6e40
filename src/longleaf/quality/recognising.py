"""Answers, for the verification of badges, whether this state recognises what a badge says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from longleaf.awards import addresses
from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.kit.dates import day as in_words
from longleaf.quality import queries
from longleaf.quality.queries import Holding
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


@dataclass(frozen=True)
class RecognitionAnswer:
    """True, False, or None where the register knows nothing of it; and the reason as a sentence."""

    recognised: bool | None
    sentence: str


def recognition_of(*, issuer: str, achievement: str, on: date) -> RecognitionAnswer:
    """Whether the state recognises an achievement of an issuer on a day.

    `achievement` and `issuer` are the ids that a badge carries: the achievement's address here, and the issuer's did or
    the address of its profile.
    """
    version = _version_at(achievement)
    if version is None:
        return RecognitionAnswer(None, f"This achievement is not in the register of {_state_name()}.")
    offering = version.micro_credential.issuer
    if issuer not in {addresses.issuer_id(offering), addresses.profile(offering)}:
        return RecognitionAnswer(
            False, f"This achievement is offered by {offering}, and the badge names another issuer."
        )
    refused = [each for each in queries.holding_on_organisation(offering, on) if not each.recognises]
    if refused:
        return RecognitionAnswer(False, _told(refused[0], f"{offering} as an issuer"))
    return _answer(version, on)


def _answer(version: Version, on: date) -> RecognitionAnswer:
    holding = queries.holding_on_version(version, on)
    recognising = [each for each in holding if each.recognises]
    if recognising:
        return RecognitionAnswer(True, _told(recognising[0], str(version)))
    if holding:
        return RecognitionAnswer(False, _told(holding[0], str(version)))
    return RecognitionAnswer(
        False, f"{version} is in the register of {_state_name()}, but no decision recognizes it on {in_words(on)}."
    )


def _version_at(achievement: str) -> Version | None:
    """The version that an achievement's address names, if that address is ours."""
    try:
        version = catalog.version_by_uuid(UUID(achievement.rstrip("/").rpartition("/")[2]))
    except ValueError:
        return None
    return version if version and addresses.achievement(version) == achievement else None


def _told(holding: Holding, what: str) -> str:
    decision = holding.decision
    who, since = decision.decided_by, in_words(decision.valid_from)
    until = f" until {in_words(decision.valid_until)}" if decision.valid_until else ""
    invented = " This decision is synthetic: made up for demonstration." if decision.standing == "synthetic" else ""
    if holding.recognises:
        how = " with conditions" if decision.outcome == Outcome.CONDITIONS else ""
        return f"{who} recognizes {what}{how}, from {since}{until}.{invented}"
    if holding.ended and decision.outcome in queries.RECOGNISES:
        return f"{who} recognized {what} from {since}{until}, and no longer.{invented}"
    done = {Outcome.RETURNED: "returned", Outcome.WITHDRAWN: "withdrew its recognition of"}[Outcome(decision.outcome)]
    return f"{who} {done} {what} on {since}.{invented}"


def _state_name() -> str:
    state = directory.current_state()
    return state.name if state else "this installation"
