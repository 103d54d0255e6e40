"""What submissions are about, for pages of `panels` that know a blind reference only (`settings.SUBJECT_TITLES`)."""

from __future__ import annotations

from collections.abc import Iterable

from longleaf.assessment.models import Submission
from longleaf.catalog.queries import labelled_title


def titles_of(refs: Iterable[str]) -> dict[str, str]:
    """The title of the micro-credential that each submission, by its ID, is for, with its label. One query."""
    rows = Submission.objects.filter(ref__in=list(refs))
    return dict(rows.values_list("ref", labelled_title("attempt__version")))
