"""Whom badges from elsewhere remind: recognizers of what waits for them, and earners of a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from longleaf.kit.dates import day
from longleaf.recognition.portability import access, queries
from longleaf.recognition.portability.status import ImportStatus, Ruling
from longleaf.reminders.sources import Due, Source

if TYPE_CHECKING:
    from longleaf.recognition.models import ImportedBadge

# News of a badge stays among what waits so long.
SHOWN_FOR = timedelta(days=14)


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


def withdrawn(now: datetime) -> Iterator[Due]:
    """To its earner: a badge that its issuer has withdrawn; to the recognizers too where it was accepted."""
    rows = queries.ended_of(ImportStatus.REVOKED).filter(withdrawn_at__gte=now - SHOWN_FOR)
    for imported in rows.select_related("ruling"):
        was_accepted = imported.ruling is not None and imported.ruling.ruling == Ruling.ACCEPTED
        so = "so it counts no more. You may ask again" if was_accepted else "so it cannot count"
        on = timezone.localdate(imported.withdrawn_at)
        yield _news_to_its_earner(imported, on, f"Its issuer has withdrawn your badge {imported.ref}, {so}.")
        # What was never sent is nobody's but its earner's, and what was never accepted has counted nowhere.
        if was_accepted:
            says = f"Its issuer has withdrawn the badge {imported.ref}, which was accepted. It counts no more."
            yield from _news_to_recognizers(imported, on, says)


def expired(now: datetime) -> Iterator[Due]:
    """To its earner and to the recognizers: an accepted badge has expired. What it counted stays."""
    today = timezone.localdate(now)
    for imported in queries.ended_of(ImportStatus.ACCEPTED).filter(
        expires_on__lt=today, expires_on__gte=today - SHOWN_FOR
    ):
        on = imported.expires_on
        says = f"expired on {day(on)}, as its issuer said. What it counted stays as it was decided."
        yield _news_to_its_earner(imported, on, f"Your badge {imported.ref} {says}")
        yield from _news_to_recognizers(imported, on, f"The badge {imported.ref}, which was accepted, {says}")


def _news_to_its_earner(imported: ImportedBadge, on: date | None, says: str) -> Due:
    return _news(imported, imported.person_id, "portability:one", on, says)


def _news_to_recognizers(imported: ImportedBadge, on: date | None, says: str) -> Iterator[Due]:
    for person in access.recognizers_of(imported.person):
        yield _news(imported, person.pk, "portability:decide", on, says)


def _news(imported: ImportedBadge, person: int, page: str, on: date | None, says: str) -> Due:
    return Due(
        person=person,
        about=f"import:{imported.ref}",
        link=reverse(page, kwargs={"ref": imported.ref}),
        due=on,
        at_once=True,
        says=says,
    )


REMINDERS = (
    Source("badge-from-elsewhere-waiting", waiting, days=(-2, 1, 5)),
    Source("badge-from-elsewhere-asked", asked, days=(5,)),
    Source("badge-from-elsewhere-withdrawn", withdrawn),
    Source("badge-from-elsewhere-expired", expired),
)
