"""What submissions are about, for pages of `panels` that know a blind reference only (`settings.SUBJECT_TITLES`)."""

from __future__ import annotations

from collections.abc import Iterable

from longleaf.assessment.models import Submission


def titles_of(refs: Iterable[str]) -> dict[str, str]:
    """The title of the micro-credential that each submission, by its ID, is for. One query."""
    return dict(Submission.objects.filter(ref__in=list(refs)).values_list("ref", "attempt__version__title"))
