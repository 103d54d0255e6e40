"""Whom badges from elsewhere remind: recognizers of what waits for them, and earners of a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from longleaf.kit.dates import day
from longleaf.recognition.portability import access, queries
from longleaf.recognition.portability.status import ImportStatus
from longleaf.reminders.sources import Due, Source


def waiting(now: datetime) -> Iterator[Due]:
    """To each recognizer who may decide: a badge that is to be decided on by a day."""
    for imported in queries.due().filter(status=ImportStatus.WAITING):
        for person in access.recognizers_of(imported.person):
            if not access.may_decide(person, imported):
                continue
            yield Due(
                person=person.pk,
                about=f"import:{imported.ref}",
                link=reverse("portability:decide", kwargs={"ref": imported.ref}),
                due=imported.due_on,
                says=f"Decide on the badge {imported.ref} by {day(imported.due_on)}.",
                late=f"The badge {imported.ref} was to be decided on by {day(imported.due_on)}. Its earner waits.",
            )


def asked(now: datetime) -> Iterator[Due]:
    """To its earner: a question about a badge, until it is answered."""
    for imported in queries.due().filter(status=ImportStatus.ASKED):
        yield Due(
            person=imported.person_id,
            about=f"import:{imported.ref}",
            link=reverse("portability:one", kwargs={"ref": imported.ref}),
            due=imported.due_on,
            at_once=True,
            says=f"Answer the question about your badge {imported.ref}; it waits for you.",
        )


REMINDERS = (
    Source("badge-from-elsewhere-waiting", waiting, days=(-2, 1, 5)),
    Source("badge-from-elsewhere-asked", asked, days=(5,)),
)
