"""Reads of the studio: whose drafts, and what an organisation offers that can be taken further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, F, QuerySet

from longleaf.catalog import search
from longleaf.catalog.errors import NoSuchDraft, NoSuchMicroCredential, NoSuchNeed
from longleaf.catalog.models import (
    CoAuthor,
    Draft,
    DraftComment,
    MicroCredential,
    Need,
    Stack,
    StackMember,
    Version,
    VersionFacet,
    Wish,
)
from longleaf.catalog.status import DraftStatus, Facet, VersionStatus
from longleaf.catalog.studio import access
from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State

# What the shelf shows of something published: thousands of rows are sorted to show twenty.
ON_THE_SHELF = (
    "slug", "issuer__name",
    "current__title", "current__standing", "current__number", "current__published_at", "current__status",
)  # fmt: skip


def draft_read_by(person: Person, ref: str) -> Draft:
    """A draft that somebody may read, with all that its pages need. Raises `NoSuchDraft`."""
    drafts = access.drafts_read_by(person).select_related(
        "issuer__state",
        "begun_by",
        "need",
        "micro_credential",
        "base__micro_credential__issuer",
        "base__micro_credential__current",
        "upstream__micro_credential__issuer",
        "upstream__micro_credential__current",
        "version__micro_credential",
    )
    # What stands upstream is compared on one page only, and every keystroke that is saved asks for its draft.
    upstream = ("upstream", "upstream__micro_credential__current")
    drafts = drafts.defer(*(f"{each}__{name}" for each in upstream for name in ("document", "search_text")))
    found = drafts.filter(ref=ref).first()
    if found is None:
        raise NoSuchDraft
    return found


def comments_on(draft: Draft, section: str = "") -> QuerySet[DraftComment]:
    """What was said of a draft, or of one of its parts, and is not settled."""
    open_ones = DraftComment.objects.filter(draft=draft, settled_at__isnull=True).select_related("author")
    return open_ones.filter(section=section) if section else open_ones


def settled_on(draft: Draft) -> QuerySet[DraftComment]:
    """What was said of a draft and is settled, the last settled first."""
    settled = DraftComment.objects.filter(draft=draft, settled_at__isnull=False)
    return settled.select_related("author", "settled_by").order_by("-settled_at", "-pk")


def open_comments_behind(version: Version) -> int:
    """How many comments are not settled on the draft that became a version."""
    return DraftComment.objects.filter(draft__version=version, settled_at__isnull=True).count()


def authors_behind(version: Version, *, with_readers: bool = False) -> list[Person]:
    """Who wrote the drafts that became a version or an earlier one of the same micro-credential, by their keys; on
    request with those who were asked to read and comment. Two queries."""
    drafts = Draft.objects.filter(
        version__micro_credential=version.micro_credential_id, version__number__lte=version.number
    )
    beside = CoAuthor.objects.filter(draft__in=drafts.values("pk"))
    if not with_readers:
        beside = beside.filter(writes=True)
    began = drafts.select_related("begun_by").only("begun_by")
    people = [each.begun_by for each in began] + [each.person for each in beside.select_related("person")]
    return sorted(set(people), key=lambda each: each.pk)


def drafts_for_list(person: Person, *, open_ones: bool) -> QuerySet[Draft]:
    """The drafts of somebody's portfolio, the latest changed first, without their texts."""
    drafts = access.drafts_read_by(person)
    status = DraftStatus.OPEN if open_ones else DraftStatus.SET_ASIDE
    return drafts.filter(status=status).select_related("issuer", "micro_credential").defer("typed", "revisions")


def published_by(person: Person, words: str = "") -> QuerySet[MicroCredential]:
    """What the organisations have published for which somebody designs or publishes, by title; with words in it."""
    places = directory.places_where(person, Role.DESIGNER, Role.ISSUER)
    found = MicroCredential.objects.filter(issuer__in=places, current__isnull=False)
    called = found.filter(search.called(words, version="current"))
    return called.select_related("issuer", "current").only(*ON_THE_SHELF).order_by("current__title", "pk")


def gone_on_upstream(person: Person) -> QuerySet[MicroCredential]:
    """What somebody's organisations adopted and offer, where the issuer it came from has gone on since; by title."""
    places = directory.places_where(person, Role.DESIGNER, Role.ISSUER)
    adopted = MicroCredential.objects.filter(
        issuer__in=places, upstream__isnull=False, current__status=VersionStatus.PUBLISHED
    )
    moved = adopted.exclude(upstream__micro_credential__current=F("upstream"))
    return (
        moved.select_related("current", "upstream__micro_credential__current", "upstream__micro_credential__issuer")
        .order_by("current__title", "pk")
        .defer(
            "current__document",
            "current__search_text",
            "upstream__document",
            "upstream__search_text",
            "upstream__micro_credential__current__document",
            "upstream__micro_credential__current__search_text",
        )
    )


def adopted_at(slug: str, person: Person) -> MicroCredential:
    """What an organisation of somebody's adopted, with both its texts. Raises `NoSuchMicroCredential`."""
    places = directory.places_where(person, Role.DESIGNER, Role.ISSUER)
    found = MicroCredential.objects.filter(
        state=settings.STATE, slug=slug, issuer__in=places, upstream__isnull=False, current__isnull=False
    )
    made = found.select_related(
        "issuer", "current", "upstream__micro_credential__current", "upstream__micro_credential__issuer"
    ).first()
    if made is None:
        raise NoSuchMicroCredential
    return made


def open_drafts_of(micro_credential: MicroCredential) -> QuerySet[Draft]:
    """The drafts of its next version that are being written."""
    return Draft.objects.filter(micro_credential=micro_credential, status=DraftStatus.OPEN).defer("typed", "revisions")


@dataclass(frozen=True)
class ProposedMember:
    """What a designer would make part of a stack."""

    stack: Stack
    version: Version


def proposed_for_stacks_of(person: Person) -> list[ProposedMember]:
    """What is offered, proposed for a stack of somebody's organisations, and no part of it yet, by title."""
    places = directory.places_where(person, Role.ISSUER)
    stacks = {each.slug: each for each in Stack.objects.filter(issuer__in=places, state=settings.STATE)}
    if not stacks:
        return []
    rows = VersionFacet.objects.filter(facet=Facet.PROPOSED_STACK, value__in=stacks).select_related(
        "version__micro_credential__issuer"
    )
    rows = rows.filter(version__status=VersionStatus.PUBLISHED).defer("version__document", "version__search_text")
    inside = set(StackMember.objects.filter(stack__in=stacks.values()).values_list("stack", "micro_credential"))
    return [
        ProposedMember(stacks[row.value], row.version)
        for row in rows.order_by("version__title", "value")
        if (stacks[row.value].pk, row.version.micro_credential_id) not in inside
    ]


def designed_for(person: Person) -> QuerySet[Organisation]:
    """The organisations for which somebody designs."""
    return directory.organisations_where(person, Role.DESIGNER)


def need_read_by(person: Person, ref: str) -> Need:
    """A need that somebody may see. Raises `NoSuchNeed`."""
    found = access.needs_read_by(person).filter(ref=ref).select_related("issuer__state", "item").first()
    if found is None:
        raise NoSuchNeed
    return found


def wishes_in(state: State) -> QuerySet[Wish]:
    """What educators asked for, the newest first, with how many needs began from each; without who asked."""
    return Wish.objects.filter(state=state).annotate(taken_up=Count("needs")).defer("asked_by")


def wish_in(state: State, ref: str) -> Wish | None:
    return Wish.objects.filter(state=state, ref=ref).first() if ref else None


def needs_for_list(person: Person) -> QuerySet[Need]:
    return access.needs_read_by(person).select_related("issuer", "item")


def begun_for(need: Need) -> Mapping[str, list[Draft]]:
    """The drafts that were begun for a need, by its skill."""
    found: dict[str, list[Draft]] = {}
    for draft in need.drafts.defer("typed", "revisions").order_by("pk"):
        found.setdefault(draft.skill, []).append(draft)
    return found
