"""Verifying badges, ours and anybody's: the engine asks, this installation brings the documents and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from longleaf.awards import queries
from longleaf.awards.errors import NoSuchBadge, NotIssuedYet
from longleaf.awards.models import Award, Endorsement
from longleaf.awards.verification import documents, own_copies
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.issuers import Loader
from longleaf.engines.openbadges.report import STEPS, Recognition, Report, Step
from longleaf.engines.openbadges.verifying import Recognise, verify, with_recognition
from longleaf.kit import keeping

if TYPE_CHECKING:
    from longleaf.awards.access import Reader

# A popular badge is not verified anew for each of its readers; what is withdrawn shows at once all the same.
SECONDS_KEPT = 60
_THE_LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


def verify_material(
    material: bytes | str | Mapping[str, Any],
    *,
    now: datetime | None = None,
    loader: Loader | None = None,
    at_home: bool = True,
    found_at: str = "",
) -> Report:
    """The report on whatever was handed over, as of a moment, with documents from everywhere unless a loader is given.

    `at_home` asks this installation too: its register, and its journal on copies of its own badges. `found_at` is the
    address at which it was found, which the oldest badges do not say themselves.
    """
    moment, sources = now or timezone.now(), loader or documents.everywhere()
    if not at_home:
        # Documents that somebody collected may be of any day; what they know of a key, the report must know.
        return verify(material, documents=sources, now=moment, known_by=_THE_LAST_MOMENT, found_at=found_at)
    return with_recognition(_own_report(material, sources, moment, found_at), _register(moment))


def verify_award(award: Award) -> Report:
    """The report on one of our own badges, as anybody would get it. Raises `NotIssuedYet`."""
    if award.credential is None or award.status_list is None:
        raise NotIssuedYet
    kept: Report | None = cache.get(name := f"awards:report:{award.uuid}:{_as_it_stands(award)}")
    if kept is None:
        kept = _own_report(award.credential, documents.everywhere(), timezone.now())
        cache.set(name, kept, SECONDS_KEPT)
    # A decision of an agency changes what is recognised and leaves the badge as it is, so it is kept by another rule.
    return with_recognition(kept, _kept_as_decided(_register(timezone.now())))


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
        kept = _own_report(endorsement.credential, documents.everywhere(), at)
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


def _own_report(
    material: bytes | str | Mapping[str, Any], loader: Loader, moment: datetime, found_at: str = ""
) -> Report:
    """Everything but recognition, with what this installation alone knows of its own badges."""
    report = verify(
        material,
        documents=loader,
        now=moment,
        known_by=timezone.now(),
        issued=own_copies.issued_at,
        recognise=None,
        found_at=found_at,
    )
    return own_copies.told_in(report)


def _register(moment: datetime) -> Recognise:
    """How the state's register is asked as of a moment. It is an upper floor's: a setting names it."""
    ask: Callable[..., Recognition] = import_string(settings.RECOGNISER)
    day = timezone.localdate(moment)

    def answer(issuer: str, credential: Mapping[str, Any]) -> Recognition:
        return ask(issuer=issuer, achievement=_achievement_id(credential), on=day)

    return answer


def _kept_as_decided(ask: Recognise) -> Recognise:
    """The register's answers, kept until the next decision. Only for our own badges: a stranger could name anything."""

    def answer(issuer: str, credential: Mapping[str, Any]) -> Recognition:
        about = ("recognition", issuer, _achievement_id(credential))
        return keeping.as_decided(*about, make=lambda: ask(issuer, credential))

    return answer


def _achievement_id(credential: Mapping[str, Any]) -> str:
    subject = credential.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    named = achievement.get("id") if isinstance(achievement, Mapping) else achievement
    return named if isinstance(named, str) else ""


def _as_it_stands(award: Award) -> str:
    """What changes when a report on the badge might: its proof, its status, its list."""
    assert award.credential is not None
    assert award.status_list is not None
    proof = award.credential["proof"][0]["proofValue"]
    return f"{award.status}:{award.status_list.changed_at.timestamp()}:{proof[-16:]}"
