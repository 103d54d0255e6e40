"""Verifying badges, ours and anybody's: the engine asks, this installation brings the documents and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from longleaf.awards import addresses, queries
from longleaf.awards.errors import NoSuchBadge, NotIssuedYet
from longleaf.awards.models import Award, Endorsement
from longleaf.awards.verification import documents, superseding
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
    return superseding.told_in(_with_our_words(register.told_in(report))) if register else report


def verify_award(award: Award) -> Report:
    """The report on one of our own badges, as anybody would get it. Raises `NotIssuedYet`."""
    if award.credential is None or award.status_list is None:
        raise NotIssuedYet
    kept: Report | None = cache.get(name := f"awards:report:{award.uuid}:{_as_it_stands(award)}")
    if kept is None:
        kept = verify_material(award.credential)
        cache.set(name, kept, SECONDS_KEPT)
    return kept


def verify_endorsement(endorsement: Endorsement, *, at: datetime) -> Report:
    """The report on one of our own endorsements as of a moment, as anybody would get it. The register is not asked.

    Its signature and its list are looked at anew once a minute, or when something changes.
    """
    assert endorsement.credential is not None
    assert endorsement.status_list is not None
    proof = endorsement.credential["proof"][0]["proofValue"]
    changed = endorsement.status_list.changed_at.timestamp()
    minute = int(at.timestamp()) // SECONDS_KEPT
    name = f"awards:endorsement:{endorsement.uuid}:{proof[-16:]}:{endorsement.status}:{changed}:{minute}"
    kept: Report | None = cache.get(name)
    if kept is None:
        kept = verify_material(endorsement.credential, now=at, ask_register=False)
        cache.set(name, kept, SECONDS_KEPT)
    return kept


def material_at(url: str, *, reader: Reader, web: documents.Web | None = None) -> bytes | Mapping[str, Any]:
    """What stands at an address. Our own badges come straight from the database, if the reader may see them.

    Raises `DocumentUnavailable`.
    """
    own = documents.own_badge_at(url)
    if own is None:
        outside = web or documents.Web(documents.MATERIAL_LIMITS)
        return documents.FirstOf((documents.OwnDocuments(), outside)).load(url)
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


def _with_our_words(report: Report) -> Report:
    """What the engine cannot know of a badge of ours: why it was revoked, and that there is a copy with a new proof."""
    award = _award_of(report.credential)
    if award is None:
        return report
    failed = {step.step: step.reason for step in report.steps if step.outcome is Outcome.FAILED}
    if "status" in failed and award.revocation_reason:
        reason = f"{failed['status']} The issuer's reason: {award.revocation_reason}"
        report = _with_reason(report, "status", reason)
    if "issuer" in failed and _differs_in_proof_only(award, report.credential):
        fresh = (
            f"The issuer has signed this very badge anew: the copy that is good is at {addresses.badge(award.uuid)}."
        )
        report = _with_reason(report, "issuer", f"{failed['issuer']} {fresh}")
    return report


def _with_reason(report: Report, name: str, reason: str) -> Report:
    steps = tuple(replace(step, reason=reason) if step.step == name else step for step in report.steps)
    return replace(report, steps=steps)


def _award_of(credential: Mapping[str, Any] | None) -> Award | None:
    """The award of ours that a credential says it is."""
    credential_id = (credential or {}).get("id")
    own = documents.own_badge_at(credential_id) if isinstance(credential_id, str) else None
    found = Award.objects.filter(uuid=own).first() if own else None
    return found if found and addresses.credential(found.uuid) == credential_id else None


def _differs_in_proof_only(award: Award, credential: Mapping[str, Any] | None) -> bool:
    ours, theirs = dict(award.credential or {}), dict(credential or {})
    return ours.pop("proof", None) != theirs.pop("proof", None) and ours == theirs


def _as_it_stands(award: Award) -> str:
    """What changes when a report on the badge might: its proof, its status, its list, and what is stated of it."""
    assert award.credential is not None
    assert award.status_list is not None
    proof = award.credential["proof"][0]["proofValue"]
    about = Endorsement.objects.filter(Q(version=award.version_id) | Q(organisation=award.issuer_id))
    stated = "-".join(f"{number}{status[0]}" for number, status in about.order_by("pk").values_list("pk", "status"))
    return f"{award.status}:{award.status_list.changed_at.timestamp()}:{proof[-16:]}:{stated}"
