"""Reads of badges, and of what this installation publishes about its issuers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.awards import access
from longleaf.awards.contents import credentials
from longleaf.awards.errors import NoSuchBadge, NoSuchKey
from longleaf.awards.levels import level_found
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.status import AwardStatus, KeyStatus, Visibility
from longleaf.catalog import queries as catalog
from longleaf.catalog.status import Facet

if TYPE_CHECKING:
    from longleaf.awards.access import Reader
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person

# What the page of a badge shows, in one query.
_SHOWN = ("earner", "issuer", "status_list", "version__micro_credential__family", "version__micro_credential__issuer")


@dataclass(frozen=True)
class LedgerAward:
    """An award as the rules of recognition need it: plain values, no rows."""

    uuid: uuid.UUID
    title: str
    version_id: int
    micro_credential_id: int
    earned_on: date
    effort_hours: Decimal
    alignments: tuple[str, ...]
    topics: tuple[str, ...]
    revoked: bool
    micro_credential: str
    issuer: str
    issuer_kind: str
    language: str
    stacks: tuple[str, ...]
    award_id: int
    occasion: str
    level: str


def award_by_uuid(award_uuid: uuid.UUID, *, reader: Reader) -> Award:
    """The badge at this address. Raises `NoSuchBadge` also when it is private and the reader is not its earner."""
    found = Award.objects.select_related(*_SHOWN).filter(uuid=award_uuid).first()
    if found is None or not access.may_see(reader, found):
        raise NoSuchBadge
    return found


def award_to_revoke(award_uuid: uuid.UUID, *, officer: Reader) -> Award:
    """A badge that an issuing officer answers for, private or not. Raises `NoSuchBadge` for anybody else."""
    found = access.awards_revocable_by(officer).select_related(*_SHOWN).filter(uuid=award_uuid).first()
    if found is None:
        raise NoSuchBadge
    return found


def awards_of(person: Person) -> QuerySet[Award]:
    """What a person has earned, the newest first, revoked ones included."""
    return (
        Award.objects.filter(earner_id=person.pk)
        .select_related("issuer", "version__micro_credential__family")
        .defer("credential", "version__document", "version__search_text")
        .order_by("-earned_at", "-pk")
    )


def good_awards_of(person: Person) -> QuerySet[Award]:
    """What a person has earned and nobody has revoked, with its credentials, the newest first."""
    return Award.objects.filter(earner_id=person.pk, status=AwardStatus.ISSUED).order_by("-earned_at", "-pk")


def days_earned(people: Collection[int]) -> dict[tuple[int, int], list[date]]:
    """On which days people earned which micro-credentials that nobody revoked, by the keys of both. One query."""
    held = Award.objects.filter(earner__in=people).exclude(status=AwardStatus.REVOKED).order_by("earned_at")
    found: dict[tuple[int, int], list[date]] = {}
    for earner, micro_credential, earned_at in held.values_list("earner", "version__micro_credential", "earned_at"):
        found.setdefault((earner, micro_credential), []).append(timezone.localdate(earned_at))
    return found


def held_in_force(person: Person, *, on: date) -> dict[int, uuid.UUID]:
    """The badges of somebody that nobody revoked and that have not ended by a day: the newest of each version, by the
    version's key. One query."""
    good = Award.objects.filter(earner_id=person.pk).exclude(status=AwardStatus.REVOKED).order_by("earned_at", "pk")
    rows = good.select_related("version").only("uuid", "earned_at", "version__document")
    ends = {row: last_day_of_badge(row.version, row.earned_at) for row in rows}
    return {row.version_id: row.uuid for row, last in ends.items() if last is None or last >= on}


def holds_in_force(person: Person, *, micro_credential_id: int, on: date) -> bool:
    """Whether a person holds a micro-credential, in any version, by a badge that is not revoked and valid on a day."""
    held = Award.objects.filter(earner_id=person.pk, version__micro_credential_id=micro_credential_id)
    badges = held.exclude(status=AwardStatus.REVOKED).select_related("version")
    last_days = [last_day_of_badge(each.version, each.earned_at) for each in badges]
    return any(last is None or on <= last for last in last_days)


def public_awards_of(person: Person) -> QuerySet[Award]:
    """What a person lets everybody see in lists."""
    return awards_of(person).filter(visibility=Visibility.PUBLIC, status=AwardStatus.ISSUED)


def awards_issued_by(officer: Reader) -> QuerySet[Award]:
    """The awards of the organisations in which somebody is an issuing officer, the newest first."""
    return (
        access.awards_revocable_by(officer)
        .select_related("issuer", "version")
        .defer("credential", "version__document", "version__search_text")
        .order_by("-earned_at", "-pk")
    )


def versions_earned_by(person: Person) -> list[Version]:
    """The versions that somebody has earned and nobody revoked, each once, the newest first. Four queries, not more."""
    good = Award.objects.filter(earner_id=person.pk).exclude(status=AwardStatus.REVOKED)
    rows = (
        good.select_related("version__micro_credential")
        .defer("credential", "version__document", "version__search_text")
        .prefetch_related("version__alignments__item", "version__facets")
        .order_by("-earned_at", "-pk")
    )
    return list({award.version_id: award.version for award in rows}.values())


def award_on_occasion(occasion: str) -> Award | None:
    """What was awarded on an occasion such as `attempt:ATT-7K3M-9QPD`, or None."""
    return Award.objects.filter(occasion=occasion).first()


def awards_for_ledger(
    person: Person, *, since: date | None = None, until: date | None = None
) -> tuple[LedgerAward, ...]:
    """What a person earned, oldest first, from one day through another where they are given. Six queries, not more.

    Days are those of the installation's time zone. Awards that still wait for their signature count: they were earned.
    """
    return awards_for_ledgers([person.pk], since=since, until=until).get(person.pk, ())


def awards_for_ledgers(
    people: Iterable[int], *, since: date | None = None, until: date | None = None
) -> dict[int, tuple[LedgerAward, ...]]:
    """The same for many people at once, by their keys; whoever earned nothing is left out. Seven queries, not more.

    What a version tells is read once for each version and not for each award of it.
    """
    rows = (
        Award.objects.filter(_earned_between(since, until), earner__in=set(people))
        .order_by("earned_at", "pk")
        .values_list("earner", "pk", "uuid", "version", "earned_at", "status", "occasion", "finding")
    )
    found = list(rows)
    versions = catalog.versions_with_what_they_serve({row[3] for row in found})
    told, rubrics = {pk: what_it_tells(version) for pk, version in versions.items()}, catalog.rubrics_of(versions)
    awards: dict[int, list[LedgerAward]] = {}
    for earner, award_id, award_uuid, version, earned_at, status, occasion, finding in found:
        awards.setdefault(earner, []).append(
            LedgerAward(
                uuid=award_uuid,
                earned_on=timezone.localdate(earned_at),
                revoked=status == AwardStatus.REVOKED,
                award_id=award_id,
                occasion=occasion,
                level=level_found(finding, rubrics[version]),
                **told[version],
            )
        )
    return {earner: tuple(earned) for earner, earned in awards.items()}


@dataclass(frozen=True)
class AwardToCheck:
    """A badge as somebody who checks many needs it: plain values, no rows."""

    uuid: uuid.UUID
    earner_id: int
    earner_name: str
    title: str
    issuer: str
    version_id: int
    earned_at: datetime
    expires_at: datetime | None
    status: str
    is_open: bool

    def standing(self, now: datetime) -> str:
        """How the badge stands at a moment, in a word."""
        if self.status == AwardStatus.REVOKED:
            return "Revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "Expired"
        return "Good" if self.status == AwardStatus.ISSUED else "Being issued"


def awards_to_check(
    *, people: Iterable[int] = (), uuids: Iterable[uuid.UUID] = (), reader: Reader | None = None
) -> list[AwardToCheck]:
    """What people, by their keys, have earned; and the badges at some addresses that a reader may open. One query."""
    wanted = Q(earner__in=set(people))
    if reader is not None:
        open_to = access.awards_visible_to(reader).filter(uuid__in=set(uuids))
        wanted |= Q(pk__in=open_to.values("pk"))
    found = Award.objects.filter(wanted).select_related("earner", "issuer", "version").order_by("earned_at", "pk")
    return [
        AwardToCheck(
            uuid=award.uuid,
            earner_id=award.earner_id,
            earner_name=award.earner.name,
            title=award.version.labelled_title,
            issuer=award.issuer.name,
            version_id=award.version_id,
            earned_at=award.earned_at,
            expires_at=credentials.expiry_of(award.version, award.earned_at),
            status=award.status,
            is_open=award.visibility != Visibility.PRIVATE,
        )
        for award in found.defer("credential", "version__search_text")
    ]


def last_day_of_badge(version: Version, earned_at: datetime) -> date | None:
    """The last day on which a badge of a version is valid that was earned at a moment; None where it does not end."""
    ends = credentials.expiry_of(version, earned_at)
    return timezone.localdate(ends) if ends else None


def status_list_by_uuid(list_uuid: uuid.UUID) -> StatusList | None:
    """A status list with its issuer, or None."""
    return StatusList.objects.select_related("organisation").filter(uuid=list_uuid).first()


def keys_of(organisation: Organisation) -> QuerySet[IssuingKey]:
    """Every key that an issuer ever had, the newest first."""
    return IssuingKey.objects.filter(organisation=organisation).order_by("-created_at", "-pk")


def key_of(organisation: Organisation, *, public: str | None = None) -> IssuingKey | None:
    """An issuer's key by its public half, or the one in use; None where there is none."""
    chosen = {"public_multibase": public} if public else {"status": KeyStatus.ACTIVE}
    return keys_of(organisation).filter(**chosen).select_related("organisation").first()


@dataclass(frozen=True)
class KeysKept:
    """An organisation with every key it ever had, the newest first."""

    organisation: Organisation
    keys: list[IssuingKey]

    @property
    def in_use(self) -> IssuingKey | None:
        return next((key for key in self.keys if key.status == KeyStatus.ACTIVE), None)


def keys_kept_by(person: Person) -> list[KeysKept]:
    """The keys of each organisation that somebody keeps keys for, by its name; two queries."""
    organisations = access.key_keeping_organisations_of(person).order_by("name")
    keys = IssuingKey.objects.filter(organisation__in=organisations).order_by("-created_at", "-pk")
    by_organisation: dict[int, list[IssuingKey]] = {}
    for key in keys:
        by_organisation.setdefault(key.organisation_id, []).append(key)
    return [KeysKept(each, by_organisation.get(each.pk, [])) for each in organisations]


def organisation_of_keeper(person: Person, *, slug: str) -> Organisation:
    """An organisation that somebody keeps keys for. Raises `NoSuchKey` for any other."""
    found = access.key_keeping_organisations_of(person).filter(slug=slug).first()
    if found is None:
        raise NoSuchKey
    return found


def key_of_keeper(person: Person, *, slug: str, public: str) -> IssuingKey:
    """A key of an organisation that somebody keeps keys for. Raises `NoSuchKey` for any other."""
    found = key_of(organisation_of_keeper(person, slug=slug), public=public)
    if found is None:
        raise NoSuchKey
    return found


def what_it_tells(version: Version) -> dict[str, Any]:
    """What a ledger needs of a version that was read with what it serves, by the names of `LedgerAward`."""
    languages = [each.value for each in version.facets.all() if each.facet == Facet.LANGUAGE]
    return {
        "title": version.labelled_title,
        "version_id": version.pk,
        "micro_credential_id": version.micro_credential_id,
        "effort_hours": version.effort_hours,
        "alignments": _sorted(each.item.code for each in version.alignments.all()),
        "topics": _sorted(each.value for each in version.facets.all() if each.facet == Facet.TOPIC),
        "micro_credential": version.micro_credential.slug,
        "issuer": version.micro_credential.issuer.code,
        "issuer_kind": version.micro_credential.issuer.kind,
        # Where work may be handed in in several languages, a badge does not say which it was.
        "language": languages[0] if len(languages) == 1 else "",
        "stacks": _sorted(each.stack.slug for each in version.micro_credential.stacks.all()),
    }


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))


def _earned_between(since: date | None, until: date | None) -> Q:
    between = Q()
    if since:
        between &= Q(earned_at__gte=_start_of(since))
    if until:
        between &= Q(earned_at__lt=_start_of(until + timedelta(days=1)))
    return between


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
