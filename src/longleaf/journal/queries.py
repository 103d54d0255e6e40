"""Reads. Who may see a line is for the app that wrote it to say."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from longleaf.journal.models import JournalLine


def lines_about(*subjects: str) -> QuerySet[JournalLine]:
    """Every line on the given subjects, oldest first."""
    return JournalLine.objects.filter(subject__in=subjects).order_by("number")


def latest_lines() -> QuerySet[JournalLine]:
    """The whole journal, newest first."""
    return JournalLine.objects.order_by("-number")


def latest_digest() -> str:
    """The digest of the newest line: it changes with every decision and never comes again (`kit.keeping`)."""
    with connection.cursor() as cursor:
        # Every page asks for it, so it is asked for in the shortest way.
        cursor.execute("SELECT digest FROM journal_journalhead WHERE id = 1")
        (digest,) = cursor.fetchone()
    return str(digest)
