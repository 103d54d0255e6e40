"""Appeals brought to the point where a test begins, through the verbs that lead there."""

from __future__ import annotations

from longleaf.assessment import scoring
from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels import rating
from longleaf.panels.models import Assignment, Panel
from tests import cast

COMMENT_OF_FIRST_READING = "Show the second draft beside the first."
OBJECTION = "The second draft is the picture in the second part."


def read_only(seat: Assignment, *, comment: str = "About it.", **levels: str) -> Panel:
    """A whole reading with a level for each criterion that is to be rated, handed in."""
    take_up(seat)
    for criterion, level in levels.items():
        rating.rate(
            assignment=seat, criterion=criterion, level=level, comment=comment, revision=0, acting_person=seat.rater
        )
    return scoring.submit_reading(assignment=seat, acting_person=seat.rater)


def judged_not_yet(version: Version, earner: Person, lead: Person) -> Attempt:
    """A is met, B is not, by two readers."""
    submission = send_to_panel(hand_in(version, earner), lead)
    for seat in seats_of(submission):
        read_only(seat, comment=COMMENT_OF_FIRST_READING, A="demonstrated", B="not-yet")
    return Attempt.objects.select_related("version", "micro_credential__state").get(pk=submission.attempt_id)


def lodged(attempt: Attempt) -> Appeal:
    return lodging.lodge(attempt=attempt, grounds=["overlooked"], words={"B": OBJECTION}, acting_person=attempt.earner)


def admitted(appeal: Appeal, lead: Person) -> Submission:
    """The copy that others read anew."""
    found = admitting.admit(appeal=appeal, acting_person=lead).reread
    assert found
    return Submission.objects.select_related("panel", "attempt").get(pk=found.pk)


def new_lead(issuer: Organisation) -> Person:
    return cast.make_person("Nora Newlook", (issuer, Role.LEAD_ASSESSOR))


def new_readers(issuer: Organisation) -> list[Person]:
    return [cast.make_person(name, (issuer, Role.ASSESSOR)) for name in ("Fay Fresh", "Gus Gentle", "Hal Handy")]
