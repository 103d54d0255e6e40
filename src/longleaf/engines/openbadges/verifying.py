"""Verifying: named questions about a credential, each answered with an outcome and a reason.

`format` can it be read · `proof` was it changed since it was signed · `issuer` is the key the issuer's ·
`status` was it withdrawn · `validity` is it within its dates · `recognition` does the register know the issuer.
Of a learner record it is also asked whether its `members` stand, and of what is endorsed whether the `endorsements`
do. Fails closed: whatever was not checked is never shown as valid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import authorship, contents, dates, earliest, older, reading, shapes, withdrawal
from .circumstances import CANNOT_BE_TOLD, Circumstances, Issued
from .contexts import Contexts, pinned
from .errors import UnreadableMaterial
from .issuers import Documents, Loader
from .reading import Handed
from .report import STEPS, Outcome, Recognition, Report, Step

# Asked with the proven issuer and the credential.
Recognise = Callable[[str, Mapping[str, Any]], Recognition]

# A record wraps badges, and a badge wraps endorsements, which may be endorsed.
_DEEPEST = 3
_DOCUMENTS = 20
_DOCUMENTS_OF_A_RECORD = 60


def verify(
    material: bytes | str | Mapping[str, Any],
    *,
    documents: Loader,
    now: datetime,
    recognise: Recognise | None = None,
    contexts: Contexts | None = None,
    known_by: datetime | None = None,
    issued: Issued | None = None,
    found_at: str = "",
) -> Report:
    """Everything that can be said about what was handed over, as of `now` (which needs a time zone).

    Takes a file's bytes, a text, or parsed JSON. `documents` gets issuers' documents and status lists; `recognise` asks
    a register. Where `now` lies back, `known_by` is up to when the documents may know (None: `now`). `issued` asks the
    issuer's own journal when it signed a very copy; without it nothing tells when anything was signed, and a proof by a
    key that was withdrawn is never believed. `found_at` is the address at which the material was found, if any: the
    oldest badges do not say it themselves. Never raises for what is wrong with the material: the report says it.
    Follows Open Badges 3.0, section "Verification and Validation", and Open Badges 2.0 and 1.1 for what is older.
    """
    try:
        handed = reading.read_material(material)
        around = _circumstances(handed, documents, now, contexts, known_by or now, issued or _never_issued)
        handed = _fetched(handed, around)
        handed = handed if handed.address or not found_at else replace(handed, address=found_at)
    except UnreadableMaterial as problem:
        return _report_of_unread(Step.failed("format", str(problem)))
    except CANNOT_BE_TOLD as problem:
        return _report_of_unread(Step.not_checked("format", str(problem)))
    report = _examined(handed, around)
    return with_recognition(report, recognise)


def with_recognition(report: Report, recognise: Recognise | None) -> Report:
    """The report, with the answer of a register in its step `recognition`, which takes the place that it always has."""
    is_certain = report.step("proof").outcome is not Outcome.FAILED
    answer = recognise(report.issuer, report.credential or {}) if recognise and report.issuer and is_certain else None
    step = _recognition(report, answer, recognise)
    others = [found for found in report.steps if found.step != "recognition"]
    deciding = len(STEPS) - 1
    return replace(report, steps=(*others[:deciding], step, *others[deciding:]), recognition=answer)


def _circumstances(
    handed: Handed, loader: Loader, now: datetime, contexts: Contexts | None, known_by: datetime, issued: Issued
) -> Circumstances:
    most = _DOCUMENTS_OF_A_RECORD if shapes.is_record(handed.credential) else _DOCUMENTS
    known = pinned() if contexts is None else contexts
    return Circumstances(Documents(loader, most=most), now, known, max(now, known_by), issued)


def _never_issued(_credential: Mapping[str, Any]) -> datetime | None:
    return None


def _fetched(handed: Handed, around: Circumstances) -> Handed:
    """What was handed over, or what stands at the address that is all that was handed over."""
    if not handed.address:
        return handed
    found = reading.read_material(around.documents.load(handed.address))
    if found.address or not (older.is_assertion(found.credential) or earliest.is_assertion(found.credential)):
        raise UnreadableMaterial("The picture carries the address of something that is no older Open Badges assertion.")
    return replace(found, carrier=handed.carrier, address=handed.address)


def _examined(handed: Handed, around: Circumstances, depth: int = 0) -> Report:
    """Every step but recognition."""
    if older.is_assertion(handed.credential):
        return older.examined(handed, around)
    if earliest.is_assertion(handed.credential):
        return earliest.examined(handed, around)
    form = _format(handed.credential)
    sealed = authorship.proof(handed, around)
    if sealed.step.outcome is Outcome.FAILED:
        # What was changed says nothing about dates or status, and its addresses are not followed.
        reason = "Not asked, because the seal does not fit and so nothing in it can be relied on."
        rest = [Step.not_checked(name, reason) for name in STEPS[2:-1]]
        return Report((form, sealed.step, *rest), handed.credential, handed.carrier, altered=sealed.altered)
    issuer = authorship.issuer(handed, sealed, around)
    steps = (
        form,
        sealed.step,
        issuer.step,
        withdrawal.asked(handed.credential, issuer.issuer, around),
        dates.asked(handed.credential, around.now),
        *_steps_on_contents(handed.credential, around, depth),
    )
    return Report(steps, handed.credential, handed.carrier, issuer.issuer)


def _steps_on_contents(credential: Mapping[str, Any], around: Circumstances, depth: int) -> list[Step]:
    def examine(inner: Handed) -> Report:
        return _examined(inner, around, depth + 1) if depth < _DEEPEST else contents.nothing_deeper(inner)

    steps = [contents.members(credential, examine)] if shapes.is_record(credential) else []
    endorsed = contents.endorsements(credential, examine)
    return [*steps, endorsed] if endorsed else steps


def _report_of_unread(form: Step) -> Report:
    reason = "Not asked, because what was handed over could not be read as a credential."
    return Report((form, *(Step.not_checked(name, reason) for name in STEPS[1:])))


def _format(credential: Mapping[str, Any]) -> Step:
    kind = _kind(credential)
    found = shapes.faults(credential)
    if not found:
        return Step.passed("format", f"It is a well-formed {kind}.")
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Step.failed("format", f"It is not a proper {kind}: {found[0]}{more}. Ask the issuer for a corrected copy.")


def _kind(credential: Mapping[str, Any]) -> str:
    if shapes.is_record(credential):
        return "Comprehensive Learner Record 2.0"
    return "status list" if shapes.is_status_list(credential) else "Open Badges 3.0 credential"


def _recognition(report: Report, answer: Recognition | None, recognise: Recognise | None) -> Step:
    if report.step("proof").outcome is Outcome.FAILED:
        return Step.not_checked("recognition", report.step("status").reason)
    if recognise is None:
        return Step.not_checked("recognition", "No register of recognized issuers was asked.")
    if answer is None:
        return Step.not_checked("recognition", "Not asked, because it is not certain who issued it.")
    if answer.recognised:
        return Step.passed("recognition", answer.sentence)
    return Step.informational("recognition", f"{answer.sentence} That says nothing against the credential itself.")
