"""Badges from elsewhere that were accepted, as the policy engine reads them beside everything else that was earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone

from longleaf.directory.status import OrganisationKind
from longleaf.engines import policy as engine
from longleaf.recognition.portability import queries, repeating
from longleaf.recognition.portability.repeating import earned_on
from longleaf.recognition.portability.status import IMPORTED_BADGE

if TYPE_CHECKING:
    from longleaf.recognition.models import ImportDecision, ImportedBadge

MICRO_CREDENTIAL = "micro_credential"
# What ids of such credits begin with.
IMPORT = "import"


class Values(Protocol):
    """What the employer gives for micro-credentials."""

    def on(self, day: date, *, micro_credential_id: int) -> engine.LocalValue | None: ...


def credits_of_people(
    valuers: Mapping[int, Values], licences: Mapping[int, engine.Licence]
) -> dict[int, list[engine.EarnedCredit]]:
    """Everything that was accepted for each of the people, by key, as credits. Two queries, whatever their number.

    `valuers` say for each person what their employers give, `licences` for which cycle it is asked. What counts for
    nothing beside something else that was earned in it says so.
    """
    rows = list(queries.accepted_of(valuers))
    why = repeating.repeats(rows, licences)
    found: dict[int, list[engine.EarnedCredit]] = {}
    for imported in rows:
        credit = _as_credit(imported, valuers[imported.person_id])
        found.setdefault(imported.person_id, []).append(replace(credit, repeats=why.get(imported.pk, "")))
    return found


def as_anywhere(imported: ImportedBadge) -> engine.EarnedCredit:
    """An accepted badge by itself, without what was decided of it here."""
    credit = _by_itself(imported, imported.ruling) if imported.ruling and imported.ruling.amount is not None else None
    if credit is None:
        kind, title = MICRO_CREDENTIAL, imported.title
        return engine.EarnedCredit(f"{IMPORT}:{imported.ref}", kind, title, None, earned_on(imported))
    return replace(credit, value=None, decision=None, categories_claimed=frozenset(), recognised_by=frozenset())


def _as_credit(imported: ImportedBadge, values: Values) -> engine.EarnedCredit:
    ruling = imported.ruling
    assert ruling is not None, "the database keeps that what was accepted has a ruling"
    as_ours = ruling.micro_credential is not None
    return _as_micro_credential(imported, ruling, values) if as_ours else _by_itself(imported, ruling)


def _as_micro_credential(imported: ImportedBadge, ruling: ImportDecision, values: Values) -> engine.EarnedCredit:
    micro_credential = ruling.micro_credential
    assert micro_credential is not None, "asked before"
    version, day = micro_credential.current, earned_on(imported)
    document = version.document if version else {}
    return engine.EarnedCredit(
        id=f"{IMPORT}:{imported.ref}",
        kind=MICRO_CREDENTIAL,
        title=f"{imported.title}, accepted as {version.labelled_title if version else micro_credential.slug}",
        amount=version.effort_hours if version else None,
        earned_on=day,
        alignments=frozenset([*(each["item"] for each in document.get("alignments", ())), *ruling.alignments]),
        topics=frozenset([*document.get("topics", ()), *ruling.topics]),
        value=values.on(day, micro_credential_id=micro_credential.pk),
        categories_claimed=frozenset(ruling.categories),
        item=micro_credential.slug,
        issuer=imported.issuer_name,
        recognised_by=_recognised_by(ruling),
        decision=_decision(ruling),
    )


def _by_itself(imported: ImportedBadge, ruling: ImportDecision) -> engine.EarnedCredit:
    assert ruling.amount is not None, "the database keeps that it counts one way"
    issuer = f" of {imported.issuer_name}" if imported.issuer_name else ""
    return engine.EarnedCredit(
        id=f"{IMPORT}:{imported.ref}",
        kind=IMPORTED_BADGE,
        title=f"{imported.title}{issuer}",
        amount=None,
        earned_on=earned_on(imported),
        alignments=frozenset(ruling.alignments),
        topics=frozenset(ruling.topics),
        value=engine.LocalValue(ruling.amount, set_by=ruling.organisation.name, rule=ruling.reason),
        categories_claimed=frozenset(ruling.categories),
        issuer=imported.issuer_name,
        recognised_by=_recognised_by(ruling),
        decision=_decision(ruling, ruling.amount),
    )


def _recognised_by(ruling: ImportDecision) -> frozenset[str]:
    """The state, by the code that policies write, such as NC, where its agency accepted it; or whoever did."""
    recognizer = ruling.organisation
    is_agency = recognizer.kind == OrganisationKind.STATE_AGENCY
    return frozenset({recognizer.state_id.upper() if is_agency else recognizer.code})


def _decision(ruling: ImportDecision, amount: Decimal | None = None) -> engine.Decision:
    """Why it counts; `amount` where the recognizer said how much. A policy that asks for approval asks this."""
    return engine.Decision(
        engine.Outcome.APPROVED,
        by=ruling.organisation.name,
        decided_on=timezone.localdate(ruling.decided_at),
        reason=ruling.reason,
        credits=amount,
    )
