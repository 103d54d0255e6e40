"""What every page of the earner asks first: who is it, and is it theirs?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from longleaf.assessment.models import Attempt
from longleaf.assessment.queries import Work, own_attempt, work_on
from longleaf.assessment.rounds import round_of
from longleaf.directory.signed_in import person_of


def attempt_of(request: HttpRequest, ref: str) -> Attempt:
    """The reader's own attempt. Raises `NoSuchAttempt`, which answers 404, for any other."""
    return own_attempt(person_of(request), ref)


def work_of(request: HttpRequest, ref: str) -> Work:
    """The reader's own attempt with its present evidence."""
    return work_on(attempt_of(request, ref))


def work_of_round(request: HttpRequest, ref: str) -> Work:
    """The same in the round that `?round=` names, the present one where it names none."""
    attempt = attempt_of(request, ref)
    return work_on(attempt, round_of(attempt, request.GET.get("round", "")))


def heading_of(attempt: Attempt) -> dict[str, Any]:
    """What the frame of every page about one attempt shows."""
    return {"attempt": attempt, "title": attempt.version.labelled_title, "issuer": attempt.micro_credential.issuer}
