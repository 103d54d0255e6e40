"""Work in the hands of those who judge, with everything in it that could tell whose it is."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from longleaf.assessment import completeness, scoring, starting, submitting
from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels import rating
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.tests.factories import fill_in

# None of these words may reach anybody who judges. Each test that looks for them proves first that they are there.
TELLING_FILE_NAME = "erin-earner-rivertown.png"
TELLING_TITLE = "Erin Earner’s class page at Rivertown"
PLAN = "I look for the aim first and then name one change to make."
CHANGE = "The learner moved the claim to the front and explained it again."


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#1f4d3a").save(drawn, "PNG")
    return drawn.getvalue()


def write_evidence(attempt: Attempt) -> Submission:
    """Text, a picture and a link, named as people name things."""
    submission = current_submission(attempt)
    earner = attempt.earner
    for requirement, text in (("R1", PLAN), ("R3", CHANGE)):
        writing.save_text(submission=submission, requirement=requirement, text=text, revision=0, acting_person=earner)
    content = picture()
    response = submission.responses.get(requirement="R2")
    uploading.receive(
        response=response, name=TELLING_FILE_NAME, size=len(content), pieces=[content], acting_person=earner
    )
    writing.add_link(
        submission=submission,
        requirement="R2",
        link="https://pages.example.test/work",
        title=TELLING_TITLE,
        acting_person=earner,
    )
    return submission


def hand_in(version: Version, earner: Person) -> Submission:
    """A first round, handed in and waiting to be checked."""
    submission = write_evidence(starting.start(version=version, acting_person=earner))
    return hand_in_again(submission)


def hand_in_again(submission: Submission) -> Submission:
    earner_cast.look_through(submission.attempt)
    return submitting.submit(
        submission=submission,
        statements=["privacy", "integrity"],
        badge_evidence=["R1"],
        acting_person=submission.attempt.earner,
    )


def send_to_panel(submission: Submission, lead: Person) -> Submission:
    """Checked, complete, and with its panel."""
    completeness.check(submission=submission, missing=[], note="", acting_person=lead)
    return Submission.objects.select_related("panel", "attempt").get(pk=submission.pk)


def seats_of(submission: Submission) -> list[Assignment]:
    """The seats of its panel that are taken, by number."""
    assert submission.panel
    return list(submission.panel.assignments.exclude(status__in=["declined", "expired"]).order_by("seat"))


def take_up(seat: Assignment) -> Assignment:
    return rating.take_up(assignment=seat, acting_person=seat.rater)


def read(seat: Assignment, *, level: str = "demonstrated", **levels: str) -> Panel:
    """A whole reading, handed in at the desk."""
    return scoring.submit_reading(assignment=fill_in(seat, level=level, **levels), acting_person=seat.rater)
