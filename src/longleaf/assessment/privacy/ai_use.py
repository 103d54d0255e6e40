"""The verb by which an earner says which tools helped with a piece of evidence, and for what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import StatementNotWelcome
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import AiStatement, Attempt, Submission
from longleaf.assessment.status import AiUse

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_WORDS = 500


@transaction.atomic
def say_what_was_used(
    *, submission: Submission, requirement: str, uses: Collection[str], words: str, acting_person: Person
) -> AiStatement:
    """Say what was used for one requirement. `none` stands alone; whatever else is said is told of in words.

    It is kept with the submission and shown to assessors without the name. It never scores anything. Raises
    `StatementNotWelcome` and what `holding` raises.
    """
    hold_for_writing(submission, acting_person=acting_person)
    open_response(submission, requirement)
    words = words.replace("\x00", "").strip()
    _require_welcome(requirement, uses, words)
    chosen = [use for use in AiUse.values if use in set(uses)]
    said, _ = AiStatement.objects.update_or_create(
        submission=submission, requirement=requirement, defaults={"uses": chosen, "words": words}
    )
    return said


def statements_in(submission: Submission) -> dict[str, AiStatement]:
    """What was said in a round, by requirement."""
    return {each.requirement: each for each in AiStatement.objects.filter(submission=submission)}


def statements_so_far(attempt: Attempt) -> Mapping[str, AiStatement]:
    """The newest that was said of each requirement in any round: what a page begins with."""
    said = AiStatement.objects.filter(submission__attempt=attempt).order_by("submission__round")
    return {each.requirement: each for each in said}


def _require_welcome(requirement: str, uses: Collection[str], words: str) -> None:
    sentence = ""
    if not uses or set(uses) - set(AiUse.values):
        sentence = "Say for what such a tool was used, or that none was."
    elif AiUse.NONE in uses and len(set(uses)) > 1:
        sentence = "“No such tool” stands alone. Take it away, or the others."
    elif AiUse.NONE not in uses and not words:
        sentence = "Say in a few words which tool it was and what it did."
    elif len(words) > LONGEST_WORDS:
        sentence = f"Say it in at most {LONGEST_WORDS} characters; these are {len(words)}."
    if sentence:
        raise StatementNotWelcome(sentence, fields={f"uses-{requirement}": sentence})
