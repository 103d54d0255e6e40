"""Decisions on quality in sentences: what the register answers, and what a signed statement says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.kit import standing
from longleaf.kit.dates import day as in_words
from longleaf.quality.pathways.naming import in_words as in_words_of
from longleaf.quality.queries import RECOGNISES, closed_by, issuer_closed_by
from longleaf.quality.status import Judges, Outcome

if TYPE_CHECKING:
    from datetime import date

    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation
    from longleaf.quality.models import Instrument, QualityDecision
    from longleaf.quality.queries import Holding

DONE = {
    Outcome.RETURNED: "returned",
    Outcome.SUSPENDED: "suspended its recognition of",
    Outcome.WITHDRAWN: "withdrew its recognition of",
}
AS_WHAT = {
    Judges.AGENCY: "{} as an issuer",
    Judges.PATHWAY: "{} as a school unit that runs a state pathway",
    Judges.PLAN: "the local renewal plan of {}",
}
# What is said of a decision that nobody has seen in its official words, wherever it is told.
NOT_OFFICIAL = {
    "synthetic": " This decision is synthetic: made up for demonstration.",
    "reconstructed": " This decision is reconstructed: put together from what is publicly known.",
    "proposed": " This decision is proposed; nobody has confirmed it yet.",
    "inferred": " This decision is inferred from what was read.",
    "from_memory": " This decision was written down from memory and waits to be checked.",
    "not_found": " A source for this decision was not found.",
}


def subject_of(decision: QualityDecision) -> str:
    """What was decided on: “Feedback that moves learning, version 1”, or “Prairie Institute as an issuer”."""
    if decision.version:
        return str(decision.version)
    return AS_WHAT[Judges(decision.judged_as)].format(decision.organisation)


def told(holding: Holding) -> str:
    """What holds of a subject on a day, by whom, from when until when."""
    decision = holding.decision
    if holding.recognises:
        return recognition(decision)
    who, what = decision.decided_by, subject_of(decision)
    if holding.ended and decision.outcome in RECOGNISES:
        return f"{who} recognized {what} {period(decision)}, and no longer.{_how_sure(decision)}"
    return recorded(decision)


def closed(version: Version, day: date) -> str:
    """Why nobody may begin on a version on a day; "" where anybody may."""
    decision = closed_by(version, day)
    if decision is None:
        return ""
    hope = " until that is lifted" if decision.outcome == Outcome.SUSPENDED else ""
    return f"{recorded(decision)} Nobody begins on it{hope}. What was earned stays earned."


def issuer_closed(issuer: Organisation, day: date) -> str:
    """Why nothing that an issuer offers can be recognised on a day; "" where it can."""
    decision = issuer_closed_by(issuer, day)
    if decision is None:
        return ""
    hope = "that is lifted" if decision.outcome == Outcome.SUSPENDED else "it is approved anew"
    return f"{recorded(decision)} Nothing that it offers can be recognized until {hope}."


def recorded(decision: QualityDecision) -> str:
    """What was decided, by whom and from when, without asking whether it still holds."""
    if decision.outcome in RECOGNISES:
        return recognition(decision)
    who, what = decision.decided_by, subject_of(decision)
    return f"{who} {DONE[Outcome(decision.outcome)]} {what} on {in_words(decision.valid_from)}.{_how_sure(decision)}"


def recognition(decision: QualityDecision) -> str:
    """That somebody recognises something, from when until when; without asking whether that still holds."""
    how = " with conditions" if decision.outcome == Outcome.CONDITIONS else ""
    who, what = decision.decided_by, subject_of(decision)
    return f"{who} recognizes {what}{how}, {period(decision)}.{_how_sure(decision)}"


def period(decision: QualityDecision) -> str:
    until = f" until {in_words(decision.valid_until)}" if decision.valid_until else ""
    return f"from {in_words(decision.valid_from)}{until}"


def statement(decision: QualityDecision) -> str:
    """The words of the signed statement: what is recognised, by which instrument, and on which conditions."""
    parts = [recognition(decision)]
    if decision.instrument:
        parts.append(f"Decided by the {decision.instrument}.{_how_sure_of(decision.instrument)}")
    if decision.scope:
        parts.append(f"Scope: {decision.scope}")
    if decision.pathways:
        parts.append(
            "\n".join(["May run for its own educators:", *(f"- {it}" for it in in_words_of(decision.pathways))])
        )
    if decision.conditions:
        parts.append("\n".join(["Conditions:", *(f"- {each}" for each in decision.conditions.splitlines())]))
    return "\n\n".join(parts)


def _how_sure_of(instrument: Instrument) -> str:
    if instrument.standing == standing.OFFICIAL:
        return ""
    return f" How sure its wording is: {standing.told(instrument.standing)}"


def _how_sure(decision: QualityDecision) -> str:
    return NOT_OFFICIAL.get(decision.standing, "")
