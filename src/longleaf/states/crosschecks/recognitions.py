"""Decisions are on versions that exist, by a rubric in the version that the pack holds, by who may decide."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.crosschecks import organisations
from longleaf.states.crosschecks.looking_up import parts, unknown
from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.agency import AgencyCriteria
from longleaf.states.parts.organisations import OrganisationRole
from longleaf.states.parts.quality import QualityRubric
from longleaf.states.parts.recognitions import AgencyApproval, Decision, QualityDecision, Recognitions

_Sheet = Sheet[Recognitions]


def check(gathered: Gathered) -> Iterator[Mistake]:
    sheet = gathered.recognitions
    if sheet.part is None:
        return
    for number, decision in enumerate(sheet.part.quality_decisions):
        spot: Spot = ("quality_decisions", number)
        yield from _check_subject(gathered, sheet, spot, decision)
        yield from _check_common(gathered, sheet, spot, decision)
        yield from _check_instrument(
            sheet, (*spot, "rubric"), decision.rubric, decision.rubric_version, gathered.quality_rubric.part
        )
    for number, approval in enumerate(sheet.part.agency_approvals):
        spot = ("agency_approvals", number)
        known = organisations.by_code(gathered)
        yield from unknown(sheet, (*spot, "organisation"), approval.organisation, known, organisations.HOME)
        yield from _check_common(gathered, sheet, spot, approval)
        yield from _check_instrument(
            sheet, (*spot, "criteria"), approval.criteria, approval.criteria_version, gathered.agency_criteria.part
        )


def _check_subject(gathered: Gathered, sheet: _Sheet, spot: Spot, decision: QualityDecision) -> Iterator[Mistake]:
    found = parts(gathered.micro_credentials)
    versions = {it.slug: it.version for it in found} if found is not None else None
    slug = decision.micro_credential
    yield from unknown(sheet, (*spot, "micro_credential"), slug, versions, "micro-credentials")
    if versions and decision.version > versions.get(slug, decision.version):
        reason = f"“{slug}” has no version {decision.version} yet; the pack holds version {versions[slug]}."
        yield sheet.mistake((*spot, "version"), reason)


def _check_common(
    gathered: Gathered, sheet: _Sheet, spot: Spot, decision: QualityDecision | AgencyApproval
) -> Iterator[Mistake]:
    yield from _check_decider(gathered, sheet, (*spot, "decided_by"), decision.decided_by)
    if decision.valid_until and decision.valid_until < decision.valid_from:
        yield sheet.mistake((*spot, "valid_until"), "It ends before it begins; mend one of the two days.")
    if decision.valid_from < decision.decided_on:
        yield sheet.mistake((*spot, "valid_from"), "It holds before it was decided; mend one of the two days.")
    if (decision.decision is Decision.RECOGNISED_WITH_CONDITIONS) != bool(decision.conditions):
        reason = "Conditions go with “recognised_with_conditions”, and with nothing else; mend one of the two."
        yield sheet.mistake((*spot, "decision"), reason)


def _check_decider(gathered: Gathered, sheet: _Sheet, spot: Spot, code: str) -> Iterator[Mistake]:
    known = organisations.by_code(gathered)
    yield from unknown(sheet, spot, code, known, organisations.HOME)
    if known and code in known:
        reason = organisations.without_role(known[code], OrganisationRole.RECOGNIZER)
        if reason:
            yield sheet.mistake(spot, reason)


def _check_instrument(
    sheet: _Sheet, spot: Spot, code: str, version: str, instrument: QualityRubric | AgencyCriteria | None
) -> Iterator[Mistake]:
    if instrument is not None and (code, version) != (instrument.code, instrument.version):
        reason = f"The pack holds “{instrument.code}” in version {instrument.version}; name that one."
        yield sheet.mistake(spot, reason)
