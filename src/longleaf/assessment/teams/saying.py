"""The verb with which a member says what they did themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import NoSuchTeam, OwnPartNotWelcome
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import OwnPart, Submission
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_PART = 2_000  # characters: a page


@transaction.atomic
def say_own_part(*, submission: Submission, requirement: str, text: str, acting_person: Person) -> OwnPart:
    """Keep what an earner did of a team's work. Readers read it without a name; it names nobody else.

    Raises `NoSuchTeam` where it is no team's work, `OwnPartNotWelcome`, and what `holding` raises. No journal line:
    what was said is in the digest of what is handed in.
    """
    hold_for_writing(submission, acting_person=acting_person)
    open_response(submission, requirement)
    part = OwnPart.objects.select_for_update().filter(submission=submission, requirement=requirement).first()
    if part is None:
        raise NoSuchTeam
    words = plain_line_ends(text).replace("\x00", "").strip()
    if len(words) > LONGEST_PART:
        sentence = f"At most {LONGEST_PART:,} characters; this has {len(words):,}. Shorten it."
        raise OwnPartNotWelcome("Nothing was kept yet.", fields={"own_part": sentence})
    part.text = words
    part.save(update_fields=["text", "said_at"])
    return part
