"""A random walk through the verbs: anybody does anything to anything, at any time, often what they may not.

Before each act a second opinion (`rights`) says whether it is lawful. What is refused has changed nothing; what is done
has moved each status by its table, has written its line, and leaves everything that always holds in place.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from longleaf.assessment import completeness
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.panels.models import Assignment
from tests.walks import rights
from tests.walks.acting import ACTS, BOTH, GOOD, OFTEN, now_and_then, which, yes
from tests.walks.appealing import Appealing
from tests.walks.earning import Earning
from tests.walks.judging import Judging
from tests.walks.pooling import Pooling


class Walk(Earning, Appealing, Judging, Pooling):
    """All that happens, and now and then the step that is due."""

    @now_and_then(what=which, met=yes)
    def go_on(self, what: int, met: bool) -> None:
        """The next step of an attempt, by the one whose it is: without it, few walks come far."""
        attempt = self.one(Attempt.objects.select_related("earner").filter(status__in=rights.UNDER_WAY), what)
        if attempt is None:
            return
        submission = rights.current(attempt)
        if attempt.status in rights.WRITING:
            self._fill(submission)
            self._hand_in(Submission.objects.get(pk=submission.pk), attempt.earner, BOTH, tells=True)
        elif attempt.status == AttemptStatus.SUBMITTED:
            lead = self.named("Gus Leads")
            self.act(
                lambda: completeness.check(submission=submission, missing=[], note="", acting_person=lead),
                lawful=True,
            )
        elif attempt.status == AttemptStatus.NOT_YET and met:
            self._open_a_round(attempt, attempt.earner)
        elif attempt.status == AttemptStatus.NOT_YET:
            self._lodge(attempt, attempt.earner, "B")
        elif (appeal := rights.appeal_on(attempt)) and appeal.status == "lodged":
            self._answer(appeal, self.named("Hal Leads"), admits=True)
        else:
            self._read_on(attempt, "demonstrated" if met else "not-yet")

    def _fill(self, submission: Submission) -> None:
        for response in submission.responses.select_related("submission__attempt").filter(locked=False):
            earner = submission.attempt.earner
            if response.requirement == "R2":
                self._link(response, earner)
            else:
                self._write(response, earner, GOOD)

    def _read_on(self, attempt: Attempt, level: str) -> None:
        waiting = Assignment.objects.select_related("panel__rubric", "rater")
        waiting = waiting.filter(status__in=["offered", "started"], panel__status="open")
        seat = waiting.filter(panel__subject__in=attempt.submissions.values("ref")).order_by("pk").first()
        if seat is None:
            return
        self._take_up(seat, seat.rater)
        seat = waiting.get(pk=seat.pk)
        for criterion in sorted({"A", "B"} - set(seat.panel.met_before)):
            if not seat.ratings.filter(criterion=criterion).exists():
                self._rate(seat, seat.rater, criterion, level if criterion == "B" else "demonstrated", says=True)
        self._hand_a_reading_in(waiting.get(pk=seat.pk), seat.rater)

    @rule(name=st.sampled_from([name for name in ACTS for _ in range(OFTEN.get(name, 1))]), data=st.data())
    def something_happens(self, name: str, data: st.DataObject) -> None:
        getattr(self, name)(**{each: data.draw(strategy, label=each) for each, strategy in ACTS[name].items()})
