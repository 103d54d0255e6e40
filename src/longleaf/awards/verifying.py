"""Verifying badges, ours and anybody's: the engine asks, this installation brings the documents and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from longleaf.awards import addresses, documents, queries, superseding
from longleaf.awards.errors import NoSuchBadge, NotIssuedYet
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.issuers import Loader
from longleaf.engines.openbadges.report import STEPS, Outcome, Report, Step
from longleaf.engines.openbadges.verifying import verify

if TYPE_CHECKING:
    from longleaf.awards.access import Reader

# A popular badge is not verified anew for each of its readers; what is withdrawn shows at once all the same.
SECONDS_KEPT = 60


class RecognitionAnswer(Protocol):
    """What a state's register says: yes, no, or None where it knows nothing of it; and why, as a sentence."""

    @property
    def recognised(self) -> bool | None: ...

    @property
    def sentence(self) -> str: ...


def verify_material(
    material: bytes | str | Mapping[str, Any],
    *,
    now: datetime | None = None,
    loader: Loader | None = None,
    ask_register: bool = True,
) -> Report:
    """The report on whatever was handed over, with documents from everywhere unless a loader is given."""
    moment = now or timezone.now()
    register = _Register(moment) if ask_register else None
    report = verify(material, documents=loader or documents.everywhere(), now=moment, recognise=register)
    return superseding.told_in(_with_our_reason(register.told_in(report))) if register else report


def verify_award(award: Award) -> Report:
    """The report on one of our own badges, as anybody would get it. Raises `NotIssuedYet`."""
    if award.credential is None or award.status_list is None:
        raise NotIssuedYet
    changed = award.status_list.changed_at.timestamp()
    reissued = award.reissued_at.timestamp() if award.reissued_at else ""
    kept: Report | None = cache.get(name := f"awards:report:{award.uuid}:{award.status}:{changed}:{reissued}")
    if kept is None:
        kept = verify_material(award.credential)
        cache.set(name, kept, SECONDS_KEPT)
    return kept


def material_at(url: str, *, reader: Reader) -> bytes | Mapping[str, Any]:
    """What stands at an address. Our own badges come straight from the database, if the reader may see them.

    Raises `DocumentUnavailable`.
    """
    own = documents.own_badge_at(url)
    if own is None:
        return documents.FirstOf((documents.OwnDocuments(), documents.Web(documents.MATERIAL_LIMITS))).load(url)
    try:
        found = queries.award_by_uuid(own, reader=reader)
    except NoSuchBadge as problem:
        raise DocumentUnavailable(url, problem.sentence) from None
    if found.credential is None:
        raise DocumentUnavailable(url, "it is still being issued.")
    return dict(found.credential)


def unread(reason: str) -> Report:
    """The report on something that could not even be had: nothing is known, so nothing is valid and nothing invalid."""
    rest = "Not asked, because there was nothing to read."
    return Report((Step.not_checked("format", reason), *(Step.not_checked(name, rest) for name in STEPS[1:])))


def has_register() -> bool:
    """Whether this installation has a database to ask. `longleaf verify` works on a machine that has none, too."""
    try:
        return Award._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return False


class _Register:
    """How the engine asks the state's register as of a moment. The register is an upper floor's: a setting names it."""

    def __init__(self, moment: datetime) -> None:
        self._ask: Callable[..., RecognitionAnswer] = import_string(settings.RECOGNISER)
        self._day = timezone.localdate(moment)
        self._answer: RecognitionAnswer | None = None

    def __call__(self, issuer: str, credential: Mapping[str, Any]) -> str | None:
        self._answer = self._ask(issuer=issuer, achievement=_achievement_id(credential), on=self._day)
        return self._answer.sentence if self._answer.recognised else None

    def told_in(self, report: Report) -> Report:
        """The report with the register's own sentence where it does not recognise, which may be news: it once did."""
        if self._answer is None or self._answer.recognised:
            return report
        sentence = f"{self._answer.sentence} That says nothing against the credential itself."
        return _with_reason(report, "recognition", sentence)


def _achievement_id(credential: Mapping[str, Any]) -> str:
    subject = credential.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    named = achievement.get("id") if isinstance(achievement, Mapping) else achievement
    return named if isinstance(named, str) else ""


def _with_our_reason(report: Report) -> Report:
    """A badge of ours that was revoked says why. The engine cannot know: a status list holds bits, no words."""
    status = next((step for step in report.steps if step.step == "status"), None)
    if status is None or status.outcome is not Outcome.FAILED or report.credential is None:
        return report
    reason = _reason_of(report.credential.get("id"))
    return _with_reason(report, "status", f"{status.reason} The issuer's reason: {reason}") if reason else report


def _with_reason(report: Report, name: str, reason: str) -> Report:
    steps = tuple(replace(step, reason=reason) if step.step == name else step for step in report.steps)
    return replace(report, steps=steps)


def _reason_of(credential_id: object) -> str:
    own = documents.own_badge_at(credential_id) if isinstance(credential_id, str) else None
    found = Award.objects.filter(uuid=own, status=AwardStatus.REVOKED).first() if own else None
    return found.revocation_reason if found and addresses.credential(found.uuid) == credential_id else ""
