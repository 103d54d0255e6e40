"""Reads of badges from elsewhere: an earner's own, what waits for a recognizer, and what counts in a ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from longleaf.catalog import queries as catalog
from longleaf.catalog.facets import Asked
from longleaf.recognition.models import ImportDecision, ImportedBadge, Precedent
from longleaf.recognition.portability import access
from longleaf.recognition.portability.errors import NoSuchImport
from longleaf.recognition.portability.status import TO_DECIDE, ImportStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

# What is large and not for lists.
HEAVY = ("material", "credential", "report", "says")
MOST_ALIKE, MOST_OF_A_WORD = 3, 20
SHORTEST_WORD, MOST_WORDS = 5, 6


def brought_by(person: Person) -> QuerySet[ImportedBadge]:
    """What somebody brought, the newest first."""
    rows = access.imports_of(person).select_related("ruling__organisation").defer(*HEAVY)
    return rows.order_by("-brought_at", "-pk")


def own_import(person: Person, ref: str) -> ImportedBadge:
    """One that somebody brought, with its decisions. Raises `NoSuchImport`."""
    return _found(access.imports_of(person), ref)


def import_for_recognizer(viewer: Person, ref: str) -> ImportedBadge:
    """One that a recognizer may see, with its decisions. Raises `NoSuchImport`."""
    return _found(access.imports_seen_by(viewer), ref)


def waiting_for(viewer: Person) -> QuerySet[ImportedBadge]:
    """What waits for a recognizer, the one due first on top."""
    rows = access.imports_to_decide_by(viewer).filter(status=ImportStatus.WAITING)
    return rows.select_related("person").defer(*HEAVY).order_by("due_on", "pk")


def others_seen_by(viewer: Person) -> QuerySet[ImportedBadge]:
    """What a recognizer sees beside what waits: asked back or decided, the latest first."""
    rows = access.imports_seen_by(viewer).exclude(status=ImportStatus.WAITING)
    return rows.select_related("person", "ruling").defer(*HEAVY).order_by("-sent_at", "-pk")


def precedents_for(viewer: Person) -> QuerySet[Precedent]:
    """The precedents that a recognizer works with, the newest first."""
    rows = access.precedents_seen_by(viewer)
    return rows.select_related("organisation", "set_by", "micro_credential__current").order_by("-set_at", "-pk")


def accepted_of(people: Iterable[int]) -> QuerySet[ImportedBadge]:
    """What counts for people, by their keys, oldest first, with the decision that says as what."""
    rows = ImportedBadge.objects.filter(person__in=list(people), status=ImportStatus.ACCEPTED)
    return (
        rows.select_related("ruling__organisation", "ruling__micro_credential__current")
        .defer(*HEAVY, "ruling__micro_credential__current__search_text")
        .order_by("earned_on", "brought_at", "pk")
    )


def accepted_whole(person: Person) -> QuerySet[ImportedBadge]:
    """What counts for somebody, with the credentials themselves, oldest first."""
    rows = ImportedBadge.objects.filter(person_id=person.pk, status=ImportStatus.ACCEPTED)
    known = rows.select_related("ruling__organisation", "ruling__micro_credential__current")
    return known.defer("material", "report").order_by("earned_on", "brought_at", "pk")


def people_with_accepted(first: int, last: int) -> list[int]:
    """Whoever, among people with keys from `first` through `last`, brought something that counts. One query."""
    rows = ImportedBadge.objects.filter(person__gte=first, person__lte=last, status=ImportStatus.ACCEPTED)
    return list(rows.order_by("person").values_list("person", flat=True).distinct())


def due(person_keys: Sequence[int] | None = None) -> QuerySet[ImportedBadge]:
    """Everything that waits for a recognizer, for reminders."""
    rows = ImportedBadge.objects.filter(status__in=TO_DECIDE).select_related("person").defer(*HEAVY)
    return rows if person_keys is None else rows.filter(person__in=person_keys)


def ended_of(status: ImportStatus) -> QuerySet[ImportedBadge]:
    """Everything of a status, for reminders of what became of it."""
    return ImportedBadge.objects.filter(status=status).select_related("person").defer(*HEAVY).order_by("pk")


def is_brought_by_others(imported: ImportedBadge) -> bool:
    """Whether somebody else brought the very same badge and has not taken it back."""
    same = Q(digest=imported.digest)
    if imported.credential_id:
        same |= Q(credential_id=imported.credential_id, issuer_id=imported.issuer_id)
    others = ImportedBadge.objects.filter(same).exclude(person=imported.person_id)
    return others.exclude(status=ImportStatus.WITHDRAWN).exists()


def alike(imported: ImportedBadge) -> list[Version]:
    """Micro-credentials of the register with the most words of the badge's name, best first. A hint and no finding."""
    words = [word.strip(".,:;()[]“”\"'") for word in imported.title.split()]
    asked = list(dict.fromkeys(word.lower() for word in words if len(word) >= SHORTEST_WORD))[:MOST_WORDS]
    met = [version for word in asked for version in catalog.found(Asked(words=word))[:MOST_OF_A_WORD]]
    by_key = {version.pk: version for version in met}
    return [by_key[pk] for pk, _ in Counter(version.pk for version in met).most_common(MOST_ALIKE)]


def _found(rows: QuerySet[ImportedBadge], ref: str) -> ImportedBadge:
    decisions = ImportDecision.objects.select_related(
        "organisation", "decided_by", "precedent", "micro_credential__current"
    ).order_by("decided_at", "pk")
    known = rows.select_related("person", "ruling").prefetch_related(Prefetch("decisions", queryset=decisions))
    found = known.filter(ref=ref).first()
    if found is None:
        raise NoSuchImport
    return found
