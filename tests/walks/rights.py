"""What may be done, told a second time and apart from the verbs: by the tables of moves, by roles, by what is there.

Each question is answered from the database with the plainest of queries, and never by an `access` module.
"""

from __future__ import annotations

from longleaf.assessment.models import Appeal, Artifact, Attempt, CompletenessCheck, Response, Submission
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.directory.models import Person, RoleHeld
from longleaf.directory.status import Role
from longleaf.kit.words import count_words
from longleaf.panels.models import Assignment, Rating
from longleaf.panels.status import ASSIGNMENT_MOVES, AssignmentStatus, PanelStatus
from tests.walks.world import ROUNDS, World

WRITING = {AttemptStatus.DRAFT, AttemptStatus.RETURNED}
UNDER_WAY = {"draft", "submitted", "returned", "in_review", "not_yet", "appealed"}
OVERT = ":check"


def holds(person: Person, role: Role, world: World) -> bool:
    return RoleHeld.objects.filter(person=person, role=role, organisation=world.issuer).exists()


def may_start(person: Person, world: World) -> bool:
    if not RoleHeld.objects.filter(person=person, role=Role.EDUCATOR).exists():
        return False
    own = Attempt.objects.filter(earner=person, version=world.version)
    if own.filter(status__in=UNDER_WAY).exists():
        return True
    return not own.filter(status="demonstrated").exists() and rounds_used(person) < ROUNDS


def rounds_used(person: Person) -> int:
    judged = Submission.objects.filter(attempt__earner=person, decided_at__isnull=False, reread_of=None)
    return judged.exclude(appeals__status="changed").count()


def current(attempt: Attempt) -> Submission:
    return Submission.objects.get(attempt=attempt, round=attempt.round, reread_of=None)


def may_move(attempt: Attempt, new: AttemptStatus) -> bool:
    return new in ATTEMPT_MOVES[AttemptStatus(attempt.status)]


def may_write(person: Person, response: Response) -> bool:
    attempt = response.submission.attempt
    return (
        attempt.earner_id == person.pk
        and attempt.status in WRITING
        and response.submission_id == current(attempt).pk
        and not response.locked
    )


def is_complete(submission: Submission) -> bool:
    for response in submission.responses.all():
        if response.locked:
            continue
        if response.requirement == "R2":
            if not Artifact.objects.filter(response=response, taken_away_at=None).exists():
                return False
            if response.uploads.filter(status__in=["receiving", "checking"]).exists():
                return False
        elif count_words(response.text) < 5:
            return False
    return True


def may_check(person: Person, submission: Submission, world: World) -> bool:
    attempt = submission.attempt
    return (
        holds(person, Role.LEAD_ASSESSOR, world)
        and attempt.earner_id != person.pk
        and attempt.status == AttemptStatus.SUBMITTED
        and submission.pk == current(attempt).pk
    )


def may_move_seat(person: Person, seat: Assignment, new: AssignmentStatus) -> bool:
    is_open = seat.panel.status in {PanelStatus.OPEN, PanelStatus.CHECKING}
    return seat.rater_id == person.pk and is_open and new in ASSIGNMENT_MOVES[AssignmentStatus(seat.status)]


def is_rated(seat: Assignment) -> bool:
    given = {each.criterion: each for each in Rating.objects.filter(assignment=seat)}
    for criterion in {"A", "B"} - set(seat.panel.met_before):
        rating = given.get(criterion)
        if rating is None or not rating.level or (rating.level == "not-yet" and not rating.comment.strip()):
            return False
    return True


def appeal_on(attempt: Attempt) -> Appeal | None:
    return Appeal.objects.filter(submission=current(attempt)).first()


def may_look_at(person: Person, appeal: Appeal, world: World) -> bool:
    """A lead assessor of the issuer who had no part in it: neither earned, nor checked, nor was asked to read it."""
    attempt = appeal.submission.attempt
    refs = list(attempt.submissions.values_list("ref", flat=True))
    had_a_part = (
        attempt.earner_id == person.pk
        or CompletenessCheck.objects.filter(submission__attempt=attempt, checker=person).exists()
        or Assignment.objects.filter(panel__subject__in=refs, rater=person).exists()
        or Assignment.objects.filter(panel__evidence__in=refs, rater=person).exists()
    )
    return holds(person, Role.LEAD_ASSESSOR, world) and not had_a_part
