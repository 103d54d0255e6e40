"""Reads. Who may see a line is for the app that wrote it to say."""

from __future__ import annotations

from django.db.models import QuerySet

from longleaf.journal.models import JournalLine


def lines_about(*subjects: str) -> QuerySet[JournalLine]:
    """Every line on the given subjects, oldest first."""
    return JournalLine.objects.filter(subject__in=subjects).order_by("number")


def latest_lines() -> QuerySet[JournalLine]:
    """The whole journal, newest first."""
    return JournalLine.objects.order_by("-number")
