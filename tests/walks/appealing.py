"""What becomes of appeals on a walk."""

from __future__ import annotations

from hypothesis import strategies as st

from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.models import Appeal, Attempt
from longleaf.assessment.status import AttemptStatus
from longleaf.directory.models import Person
from tests.walks import rights
from tests.walks.acting import Acting, now_and_then, which, yes


class Appealing(Acting):
    """Lodging one, taking it back, answering it."""

    @now_and_then(
        what=which,
        who=which,
        fitting=yes,
        criterion=st.sampled_from(["B", "B", "A"]),
        grounds=st.sampled_from([1, 1, 0]),
    )
    def appeal(self, what: int, who: int, fitting: bool, criterion: str, grounds: int) -> None:
        attempt = self.one(Attempt.objects.select_related("earner").exclude(status="sample"), what)
        if attempt is None:
            return
        self._lodge(attempt, self.who(fitting, who, attempt.earner), criterion, grounds)

    def _lodge(self, attempt: Attempt, person: Person, criterion: str, grounds: int = 1) -> None:
        before = rights.appeal_on(attempt)
        goes_on = before is not None and before.status in {"lodged", "reading"}
        found = (rights.current(attempt).outcome or {}).get("criteria", [])
        objects = any(each["code"] == criterion and not each["met"] for each in found)
        is_new = before is None and rights.may_move(attempt, AttemptStatus.APPEALED) and objects and bool(grounds)
        self.act(
            lambda: lodging.lodge(
                attempt=attempt,
                grounds=["overlooked"][:grounds],
                words={criterion: "It stands there."},
                acting_person=person,
            ),
            lawful=attempt.earner_id == person.pk and (goes_on or is_new),
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def take_an_appeal_back(self, what: int, who: int, fitting: bool) -> None:
        appeal = self.one(Appeal.objects.select_related("submission__attempt__earner"), what)
        if appeal is None or what % 2:
            return
        attempt = appeal.submission.attempt
        person = self.who(fitting, who, attempt.earner)
        present = rights.appeal_on(attempt)
        self.act(
            lambda: lodging.withdraw(attempt=attempt, acting_person=person),
            lawful=attempt.earner_id == person.pk and present is not None and present.status in {"lodged", "withdrawn"},
        )

    @now_and_then(what=which, who=which, fitting=yes, admits=yes, says=yes)
    def answer_an_appeal(self, what: int, who: int, fitting: bool, admits: bool, says: bool) -> None:
        appeal = self.one(Appeal.objects.select_related("submission__attempt"), what)
        if appeal is None:
            return
        self._answer(appeal, self.who(fitting, who, self.named("Hal Leads")), admits, says)

    def _answer(self, appeal: Appeal, person: Person, admits: bool, says: bool = True) -> None:
        lawful = rights.may_look_at(person, appeal, self.world) and appeal.status == "lodged"
        if admits:
            self.act(lambda: admitting.admit(appeal=appeal, acting_person=person), lawful=lawful)
        else:
            reason = "It was looked at." if says else " "
            self.act(
                lambda: admitting.refuse(appeal=appeal, reason=reason, acting_person=person), lawful=lawful and says
            )
