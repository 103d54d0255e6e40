"""What those who judge do on a walk."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st

from longleaf.assessment import completeness, scoring
from longleaf.assessment.models import Submission
from longleaf.directory.models import Person
from longleaf.panels import expiring, rating
from longleaf.panels.models import Assignment
from longleaf.panels.status import (
    AssignmentStatus,
)
from tests.walks import rights
from tests.walks.acting import Acting, now_and_then, which, yes


class Judging(Acting):
    """Checking, taking up, rating, handing in, giving back, and the clock."""

    @now_and_then(what=which, who=which, missing=st.sampled_from([[], [], ["R1.1"], ["R9.9"]]))
    def check(self, what: int, who: int, missing: list[str]) -> None:
        submission = self.one(Submission.objects.filter(reread_of=None), what)
        if submission is None:
            return
        person = self.person(who)
        self.act(
            lambda: completeness.check(submission=submission, missing=missing, note="", acting_person=person),
            lawful=rights.may_check(person, submission, self.world) and missing != ["R9.9"],
        )

    @now_and_then(what=which)
    def decide_by_hand(self, what: int) -> None:
        submission = self.one(Submission.objects.all(), what)
        if submission is not None:
            self.act(lambda: scoring.decide(submission=submission, acting_person=None), lawful=False)

    @now_and_then(what=which, who=which, fitting=yes)
    def take_up(self, what: int, who: int, fitting: bool) -> None:
        seat = self._seat(what)
        if seat is not None:
            self._take_up(seat, self.who(fitting, who, seat.rater))

    def _take_up(self, seat: Assignment, person: Person) -> None:
        again = seat.status == AssignmentStatus.STARTED and seat.panel.status in {"open", "checking"}
        # What was handed in is begun again only where a lead gives it back.
        offered = seat.status == AssignmentStatus.OFFERED
        self.act(
            lambda: rating.take_up(assignment=seat, acting_person=person),
            lawful=seat.rater_id == person.pk
            and (again or (offered and rights.may_move_seat(person, seat, AssignmentStatus.STARTED))),
        )

    @now_and_then(
        what=which,
        who=which,
        fitting=yes,
        criterion=st.sampled_from(["A", "B", "Z"]),
        level=st.sampled_from(["demonstrated", "not-yet", "splendid"]),
        says=yes,
    )
    def rate(self, what: int, who: int, fitting: bool, criterion: str, level: str, says: bool) -> None:
        seat = self._seat(what)
        if seat is not None:
            self._rate(seat, self.who(fitting, who, seat.rater), criterion, level, says)

    def _rate(self, seat: Assignment, person: Person, criterion: str, level: str, says: bool) -> None:
        known = seat.ratings.filter(criterion=criterion).first()
        self.act(
            lambda: rating.rate(
                assignment=seat,
                criterion=criterion,
                level=level,
                comment="Change it." if says else None,
                revision=known.level_revision if known else 0,
                acting_person=person,
            ),
            # Which save a comment stands on is another count, so that a refusal of it is lawful as well.
            lawful=None
            if known and says
            else seat.rater_id == person.pk
            and seat.status == AssignmentStatus.STARTED
            and criterion in {"A", "B"} - set(seat.panel.met_before)
            and level != "splendid",
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def hand_a_reading_in(self, what: int, who: int, fitting: bool) -> None:
        seat = self._seat(what)
        if seat is not None:
            self._hand_a_reading_in(seat, self.who(fitting, who, seat.rater))

    def _hand_a_reading_in(self, seat: Assignment, person: Person) -> None:
        self.act(
            lambda: scoring.submit_reading(assignment=seat, acting_person=person),
            lawful=rights.may_move_seat(person, seat, AssignmentStatus.SUBMITTED) and rights.is_rated(seat),
        )

    @now_and_then(what=which, who=which, fitting=yes, says=yes)
    def give_back(self, what: int, who: int, fitting: bool, says: bool) -> None:
        seat = self._seat(what)
        if seat is None or what % 3:
            return
        person = self.who(fitting, who, seat.rater)
        is_known_check = seat.panel.kind.endswith(rights.OVERT)
        self.act(
            lambda: rating.decline(assignment=seat, reason="I know it." if says else "", acting_person=person),
            lawful=rights.may_move_seat(person, seat, AssignmentStatus.DECLINED) and says and not is_known_check,
        )

    def _seat(self, number: int) -> Assignment | None:
        seats = Assignment.objects.select_related("panel__rubric", "rater")
        return self.one(seats.filter(panel__status__in=["open", "decided"]) | seats.filter(status="started"), number)

    @now_and_then(days=st.sampled_from([0, 4, 40]))
    def let_time_go_by(self, days: int) -> None:
        now = timezone.now() + timedelta(days=days)
        self.act(lambda: expiring.release_expired(now=now), lawful=True)
