"""Those whose pages are measured: signed in beforehand, with the addresses that they will ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench.seeding.attempts import Try
from bench.seeding.awards import uuid_of
from bench.seeding.catalog import Stage
from bench.seeding.panels import SEATS, reading_ref, status_of_seat
from bench.seeding.people import People
from longleaf.assessment.status import AttemptStatus
from longleaf.catalog.models import Version
from longleaf.catalog.status import VersionStatus
from longleaf.catalog.studio import drafting
from longleaf.directory.models import Person
from longleaf.panels.status import AssignmentStatus


@dataclass(frozen=True)
class Cast:
    """Session keys by what somebody has (`workers` with so many attempts, …), and what there is to open.

    `desks` are pairs of a reader's session and a reading that is under way; `badges` are signed; `drafts` are pairs of
    a designer's session and a draft of the next version of something of theirs.
    """

    workers: dict[str, list[str]]
    holders: dict[str, list[str]]
    readers: dict[str, list[str]]
    leads: list[str]
    issuing_officers: list[str]
    desks: list[tuple[str, str]]
    badges: list[str]
    slugs: list[str]
    drafts: list[tuple[str, str]]


def cast_of(stage: Stage, people: People, tries: Sequence[Try]) -> dict[str, Any]:
    """Sign everybody in who is measured; returns a `Cast` as plain values."""
    sessions = _Sessions()
    readers = {str(length): [sessions.of(each) for each in some] for length, some in people.readers.items()}
    cast = Cast(
        workers={str(length): [sessions.of(each) for each in some] for length, some in people.workers.items()},
        holders={str(length): [sessions.of(each) for each in some] for length, some in people.holders.items()},
        readers=readers,
        leads=[sessions.of(each) for each in people.leads.values()],
        issuing_officers=[sessions.of(each) for each in people.issuing_officers.values()],
        desks=_desks(people, tries, sessions),
        badges=[str(uuid_of(each)) for each in tries if each.to_be_signed],
        slugs=[each.slug for each in stage.offered],
        drafts=_drafts(people, sessions),
    )
    return asdict(cast)


def _drafts(people: People, sessions: _Sessions) -> list[tuple[str, str]]:
    """One for each issuer, begun by the studio's own verb."""
    found = []
    for issuer, designer in people.issuing_officers.items():
        offered = Version.objects.filter(status=VersionStatus.PUBLISHED, micro_credential__issuer=issuer)
        version = offered.select_related("micro_credential__issuer", "micro_credential__upstream").first()
        if version:
            draft = drafting.begin_next(version=version, acting_person=Person.objects.get(pk=designer))
            found.append((sessions.of(designer), draft.ref))
    return found


def _desks(people: People, tries: Sequence[Try], sessions: _Sessions) -> list[tuple[str, str]]:
    measured = {person for some in people.readers.values() for person in some}
    return [
        (sessions.of(each.readers[seat]), reading_ref(each, seat))
        for each in tries
        if each.status is AttemptStatus.IN_REVIEW
        for seat in range(SEATS)
        if each.readers[seat] in measured and status_of_seat(each, seat) is AssignmentStatus.STARTED
    ]


class _Sessions:
    """A session for each person, made once."""

    def __init__(self) -> None:
        self._made: dict[int, str] = {}

    def of(self, person: int) -> str:
        if person not in self._made:
            self._made[person] = _sign_in(Person.objects.get(pk=person))
        return self._made[person]


def _sign_in(person: Person) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
