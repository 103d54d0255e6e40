"""Work whose time is over: days pass by moving what happened into the past, and never the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from longleaf.assessment.models import Artifact, Attempt, LettingGo, Response, Submission, Upload
from longleaf.assessment.retention import letting_go
from longleaf.assessment.tests import earner_cast as cast
from longleaf.directory.models import State
from longleaf.kit import keeping

ALL = ("A", "B")


def keep_for(state: State, **days: Any) -> None:
    """The state's own days: `files=100`, or `files=(100, "badge_expiry")`; `notice_days` 30."""
    kept = {}
    for kind, told in days.items():
        number, event = told if isinstance(told, tuple) else (told, None)
        kept[kind] = {"kind": kind, "days": number, "counted_from": event, "standing": "synthetic"}
    State.objects.filter(pk=state.pk).update(retention={"notice_days": 30, "kept": kept})
    keeping.forget()


def decided_with_a_picture(version: Any, person: Any, *, met: tuple[str, ...] = ALL) -> Attempt:
    attempt = cast.filled(version, person)
    cast.uploaded(attempt, "erin-and-class.png", cast.picture("PNG"))
    cast.submit(attempt)
    attempt.refresh_from_db()
    return cast.decide(attempt, met=met)


def days_pass(attempt: Attempt, days: int) -> Attempt:
    """Everything that happened to an attempt happened so much earlier."""
    for model, by, columns in (
        (Attempt, "pk", ("started_at", "changed_at", "decided_at")),
        (Submission, "attempt", ("submitted_at", "decided_at", "due_at")),
        (Response, "submission__attempt", ("saved_at",)),
        (Artifact, "response__submission__attempt", ("added_at", "taken_away_at")),
        (Upload, "response__submission__attempt", ("begun_at", "finished_at")),
        (LettingGo, "attempt", ("told_at", "goes_on")),
    ):
        for row in model._default_manager.filter(**{by: attempt.pk}):
            moved = {
                name: value - timedelta(days=days) for name in columns if (value := getattr(row, name)) is not None
            }
            model._default_manager.filter(pk=row.pk).update(**moved)
    attempt.refresh_from_db()
    return attempt


def run(on: date | None = None) -> letting_go.Done:
    return letting_go.let_go(on=on or timezone.localdate(), now=timezone.now())


def stored_files() -> list[str]:
    """What lies in the store, by name."""
    try:
        return sorted(default_storage.listdir("files")[1])
    except FileNotFoundError:
        return []


def texts_of(attempt: Attempt) -> list[str]:
    rows = Response.objects.filter(submission__attempt=attempt).order_by("pk")
    return [text for text in rows.values_list("text", flat=True) if text]


class SilentServer(BaseEmailBackend):
    """A mail server that takes no letter to the cast's first educator, and all others."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if any("erin" in address for message in email_messages for address in message.to):
            raise SMTPServerDisconnected("Nobody answers.")
        return len(email_messages)
