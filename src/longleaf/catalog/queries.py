"""Reads of the catalog: what is offered, what a visitor finds, and all that one page needs at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max, Prefetch, Q, QuerySet

from longleaf.catalog import search
from longleaf.catalog.access import versions_open_to_all
from longleaf.catalog.design import Design
from longleaf.catalog.errors import NoSuchIssuer, NoSuchMicroCredential, NoSuchStack
from longleaf.catalog.facets import Asked, condition
from longleaf.catalog.models import (
    Alignment,
    Draft,
    Family,
    MicroCredential,
    Stack,
    StackMember,
    Version,
    VersionFacet,
    Wish,
)
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.directory import queries as directory
from longleaf.engines.rubrics import rubric_from_document

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State
    from longleaf.engines.rubrics import Rubric
    from longleaf.frameworks.models import Framework, FrameworkItem

# The whole design of each would be read from the database only to be thrown away.
NOT_FOR_LISTS = ("document", "search_text")


@dataclass(frozen=True)
class ServedItem:
    """An item of a framework that a version serves, how sure the tie is, and what its author says of it."""

    item: FrameworkItem
    standing: str
    note: str


@dataclass(frozen=True)
class ServedFramework:
    framework: Framework
    items: tuple[ServedItem, ...]


@dataclass(frozen=True)
class WholeVersion:
    """Everything that the page of a version tells. `versions` holds every version that may be read, newest first."""

    version: Version
    versions: Sequence[Version]
    stacks: Sequence[Stack]
    # Stacks for which its designer proposed it, and of which it is no part yet.
    proposed_for: Sequence[Stack] = ()

    @cached_property
    def design(self) -> Design:
        return Design(self.version.document)

    @property
    def is_current(self) -> bool:
        return self.version.status == VersionStatus.PUBLISHED

    @property
    def current(self) -> Version | None:
        """The version that is offered now; None when the micro-credential is offered no more."""
        return next((each for each in self.versions if each.status == VersionStatus.PUBLISHED), None)

    @cached_property
    def found_by(self) -> Mapping[str, tuple[str, ...]]:
        """Values of the facets that are kept beside the version, by facet."""
        rows = sorted((row.facet, row.value) for row in self.version.facets.all())
        return {facet: tuple(value for _, value in group) for facet, group in groupby(rows, key=lambda row: row[0])}

    @cached_property
    def served(self) -> tuple[ServedFramework, ...]:
        """What it is aligned to, by framework, in the frameworks' own order."""
        notes = {each["item"]: each.get("note", "") for each in self.version.document["alignments"]}
        rows = list(self.version.alignments.all())
        served = [ServedItem(row.item, row.standing, notes.get(row.item.code, "")) for row in rows]
        groups = groupby(served, key=lambda each: each.item.framework)
        return tuple(ServedFramework(framework, tuple(items)) for framework, items in groups)


@dataclass(frozen=True)
class WholeStack:
    """A stack with the versions of its members that are offered now, in their order."""

    stack: Stack
    versions: Sequence[Version]

    @property
    def hours(self) -> float:
        return float(sum(version.effort_hours for version in self.versions))


def offered() -> QuerySet[Version]:
    """The versions that an educator of this installation's state can begin on today."""
    return Version.objects.filter(status=VersionStatus.PUBLISHED, micro_credential__state=settings.STATE)


def found(asked: Asked) -> QuerySet[Version]:
    """What is offered and fits the question, in no order: for counting and for narrowing further."""
    return search.found(_narrowed(asked), asked.words)


def listed(asked: Asked) -> QuerySet[Version]:
    """What fits the question as a list shows it, the closest first: three queries however many there are."""
    return _for_list(search.best_first(_narrowed(asked), asked.words))


def called(words: str, *, version: str, issuers: Iterable[tuple[str, str]]) -> Q:
    """A condition for rows that lead to a version by `version`: each of the words is in its title, or in the name of
    its issuer, of those whose codes and names are given. Answered by the index of the catalog."""
    return search.called(words, version=version, issuers=issuers)


def newest(most: int) -> QuerySet[Version]:
    """The versions that were published last."""
    return _for_list(offered().order_by("-published_at", "-pk"))[:most]


def version_by_uuid(version_uuid: UUID | str) -> Version | None:
    """The version that a badge names, with its issuer and family; None when there is none such."""
    found = versions_open_to_all().select_related(
        "micro_credential__issuer", "micro_credential__family", "micro_credential__state"
    )
    return found.filter(uuid=version_uuid).first()


def versions_with_what_they_serve(keys: Collection[int]) -> dict[int, Version]:
    """Versions by their keys, each with its issuer, its facets, the items that it is aligned to, and the stacks of its
    micro-credential: five queries.
    """
    found = Version.objects.filter(pk__in=keys).select_related("micro_credential__issuer").defer(*NOT_FOR_LISTS)
    stacks = Prefetch("micro_credential__stacks", StackMember.objects.select_related("stack"))
    return {version.pk: version for version in found.prefetch_related("alignments__item", "facets", stacks)}


def rubrics_of(keys: Collection[int]) -> dict[int, Rubric]:
    """The rubrics by which versions, by their keys, are judged, without the rest of their designs: one query."""
    found = Version.objects.filter(pk__in=keys).values_list("pk", "document__rubric")
    return {pk: rubric_from_document(rubric) for pk, rubric in found}


def micro_credentials_of(versions: Collection[int]) -> dict[int, int]:
    """The keys of the micro-credentials of some versions, by the versions' keys: one query."""
    return dict(Version.objects.filter(pk__in=versions).values_list("pk", "micro_credential"))


def versions_of(slugs: Collection[str]) -> frozenset[int]:
    """The keys of all versions of some micro-credentials, whatever became of them."""
    return frozenset(Version.objects.filter(micro_credential__slug__in=slugs).values_list("pk", flat=True))


@dataclass(frozen=True)
class StackOutline:
    """A stack as plain values; `members` says by slug from when on the stack needs it, None for from its beginning."""

    slug: str
    title: str
    issuer: str
    issuer_kind: str
    members: dict[str, date | None]


def stack_outlines() -> list[StackOutline]:
    """Every stack of this installation's state that has members, by slug: one query."""
    columns = ("stack__slug", "stack__title", "stack__issuer__code", "stack__issuer__kind")
    rows = StackMember.objects.filter(stack__state=settings.STATE).order_by("stack__slug", "position")
    told = rows.values_list(*columns, "micro_credential__slug", "since")
    found: dict[str, StackOutline] = {}
    for slug, title, issuer, kind, member, since in told:
        stack = found.setdefault(slug, StackOutline(slug, title, issuer, kind, {}))
        stack.members[member] = since
    return list(found.values())


def ever_published_by(organisations: QuerySet[Organisation]) -> QuerySet[Version]:
    """Every version that organisations have published, offered still or not: by title, the newest first."""
    published = versions_open_to_all().filter(micro_credential__issuer__in=organisations)
    return _for_list(published.order_by("title", "-number", "pk"))


def whole_version(slug: str, number: int | None = None) -> WholeVersion:
    """A version with all that its page tells, in six queries: the one that is offered, or the one with a number.

    A version that was proposed for stacks takes one more.

    A micro-credential that is offered no more shows its last version. Raises `NoSuchMicroCredential`.
    """
    versions = list(_versions_of(slug))
    wanted = next((each for each in versions if number in {None, each.number}), None)
    if wanted is None:
        raise NoSuchMicroCredential
    version, stacks = _with_all(wanted.pk), list(_stacks_with(wanted.micro_credential_id))
    return WholeVersion(version, versions, stacks, stacks_proposed_by(Design(version.document), but_for=stacks))


def stacks_proposed_by(design: Design, *, but_for: Sequence[Stack] = ()) -> Sequence[Stack]:
    """The stacks of this state for which a design is proposed, without those that it is part of already."""
    wanted = {each.stack for each in design.proposed_stacks} - {each.slug for each in but_for}
    if not wanted:
        return ()
    return list(Stack.objects.filter(state=settings.STATE, slug__in=wanted).select_related("issuer").order_by("title"))


def bare_version(slug: str, number: int | None = None) -> Version:
    """The same version with its issuer and family only. Raises `NoSuchMicroCredential`."""
    versions = _versions_of(slug).defer(None).select_related("micro_credential__family", "micro_credential__issuer")
    wanted = versions.filter(number=number).first() if number else versions.first()
    if wanted is None:
        raise NoSuchMicroCredential
    return wanted


def micro_credential_at(slug: str) -> MicroCredential | None:
    """The micro-credential of an address, offered or not; None where there never was one."""
    return MicroCredential.objects.filter(slug=slug).first()


def titles_by_slug(slugs: Iterable[str]) -> dict[str, str]:
    """What micro-credentials are called now, by their slugs; one query."""
    rows = MicroCredential.objects.filter(slug__in=set(slugs), current__isnull=False)
    return dict(rows.values_list("slug", "current__title"))


def bare_micro_credentials() -> QuerySet[MicroCredential]:
    """Every micro-credential with no more of its current version than lists need, in no order."""
    heavy = [f"current__{name}" for name in ("document", "search_text")]
    return MicroCredential.objects.select_related("current").defer(*heavy)


def version_before(version: Version) -> Version | None:
    """The version that another took the place of; None where it is the first."""
    earlier = versions_open_to_all().filter(micro_credential=version.micro_credential_id, number__lt=version.number)
    return earlier.order_by("-number").first()


def whole_stack(slug: str) -> WholeStack:
    """A stack with its members. Raises `NoSuchStack`."""
    stack = Stack.objects.filter(state=settings.STATE, slug=slug).select_related("issuer").first()
    if stack is None:
        raise NoSuchStack
    inside = StackMember.objects.filter(stack=stack)
    versions = offered().filter(micro_credential__stacks__in=inside).order_by("micro_credential__stacks__position")
    return WholeStack(stack, list(_for_list(versions)))


def issuer(slug: str) -> Organisation:
    """An organisation of the state by the name in its address. Raises `NoSuchIssuer`."""
    state = directory.current_state()
    found = state.organisations.filter(slug=slug).first() if state else None
    if found is None:
        raise NoSuchIssuer
    return found


def families_of(state: State) -> dict[str, str]:
    """The title of each family of a state by its code, in the state's order."""
    return dict(Family.objects.filter(state=state).order_by("position", "title").values_list("code", "title"))


def offered_by(organisation: Organisation) -> QuerySet[Version]:
    return _for_list(offered().filter(micro_credential__issuer=organisation).order_by("title", "pk"))


def to_look_at_again(first: date, last: date) -> QuerySet[Version]:
    """What is offered and says of itself that it is looked at again by a day between two, the earliest first."""
    said = offered().filter(review_by__range=(first, last)).select_related("micro_credential")
    return said.defer(*NOT_FOR_LISTS).order_by("review_by", "pk")


def bare_offered(keys: Collection[int]) -> dict[int, Version]:
    """Versions by their keys that are offered, with no more than where they stand; one query."""
    found = offered().filter(pk__in=keys).select_related("micro_credential").defer(*NOT_FOR_LISTS)
    return {version.pk: version for version in found}


def stacks_of(organisation: Organisation) -> QuerySet[Stack]:
    return Stack.objects.filter(issuer=organisation).annotate(length=Max("members__position"))


def stacks_offered() -> QuerySet[Stack]:
    """The stacks of the state that have a member, with their members, by title."""
    found = Stack.objects.filter(state=settings.STATE, members__isnull=False).distinct()
    return found.prefetch_related("members").order_by("title", "pk")


def asked_by(person: Person) -> QuerySet[Wish]:
    """What somebody asked to be offered, with the needs and drafts that came of it."""
    published = Prefetch(
        "needs__drafts",
        queryset=Draft.objects.select_related("version__micro_credential").defer(
            "typed", "revisions", "version__document", "version__search_text"
        ),
    )
    return Wish.objects.filter(asked_by=person).prefetch_related("needs", published)


def _narrowed(asked: Asked) -> QuerySet[Version]:
    """What is offered and fits what was chosen, whatever the words."""
    versions = offered()
    for facet, values in asked.chosen.items():
        versions = versions.filter(condition(facet, values))
    return versions


def _for_list(versions: QuerySet[Version]) -> QuerySet[Version]:
    counts_toward = Prefetch(
        "facets", queryset=VersionFacet.objects.filter(facet=Facet.CREDIT).order_by("value"), to_attr="counts_toward"
    )
    related = versions.select_related("micro_credential__issuer", "micro_credential__family")
    told = related.annotate(design_standing=F("document__standing"))
    return told.defer(*NOT_FOR_LISTS).prefetch_related(counts_toward)


def counts_toward(version: Version) -> list[str]:
    """The codes of what a version of a list (`listed`, `newest`) was noted to count toward."""
    return [row.value for row in getattr(version, "counts_toward", ())]


def _versions_of(slug: str) -> QuerySet[Version]:
    """What is offered comes first, then the newest."""
    versions = versions_open_to_all().filter(micro_credential__state=settings.STATE, micro_credential__slug=slug)
    # One version at most is published, and none has a higher number: see `catalog.publishing`.
    return versions.defer(*NOT_FOR_LISTS).order_by("-number")


def _with_all(pk: int) -> Version:
    alignments = Alignment.objects.select_related("item__framework").order_by(
        "item__framework__position", "item__framework__title", "item__position", "pk"
    )
    versions = Version.objects.select_related("micro_credential__issuer", "micro_credential__family")
    return versions.prefetch_related("facets", Prefetch("alignments", queryset=alignments)).get(pk=pk)


def _stacks_with(micro_credential_id: int) -> QuerySet[Stack]:
    inside = StackMember.objects.filter(micro_credential=micro_credential_id)
    return Stack.objects.filter(members__in=inside).select_related("issuer").order_by("title")
