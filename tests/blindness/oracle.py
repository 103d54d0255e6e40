"""What somebody may find on a page, by `panels.blindness` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from longleaf.assessment.models import Appeal, Attempt, CompletenessCheck, Submission
from longleaf.directory.models import Person
from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.panels.blindness import SEES, Fact, Standpoint
from longleaf.panels.models import Assignment
from tests.blindness.house import EARNER_MINUTE, EARNERS, JUDGE_MINUTE, TOGETHER, House, Secret
from tests.blindness.visiting import Answer
from tests.blindness.words import MINUTE, REFERENCE, TELLING_WORD, folded

# Pages that name organisations to everybody alike, and none of them as that of a piece of work.
OF_NO_WORK = {
    "pool:mine": "the form in which conflicts are declared lists every organization",
    "pool:declare_conflict": "the same form, where it was refused",
    "pool:tell": "the same page, where another form of it was refused",
    "pool:enter_absence": "the same page, where another form of it was refused",
    "pool:member": "a member's declared conflicts name organizations",
}
# Where a lead sees the people of a pool, among whom some earn as well, and never a piece of work beside them.
OF_THE_POOL = ("pool:", "leading:", "calibration:")
# Where a lead sees who reads a piece of work: never whoever earned it, who may have earned another.
WHO_READS = {"desk:panel", "desk:give_back"}


@dataclass(frozen=True)
class Leak:
    """Something that somebody must not find, and where it was found."""

    who: str
    where: str
    fact: str
    told: str

    def __str__(self) -> str:
        return f"{self.who} finds on {self.where}: {self.fact} ({self.told})"


@dataclass
class Oracle:
    """Knows of every word, reference and minute of a house whom they tell of, and who may find it."""

    house: House

    @cached_property
    def people(self) -> dict[int, str]:
        return {person.pk: name for name, person in self.house.people.items()}

    @cached_property
    def secrets(self) -> dict[str, Secret]:
        return self.house.secrets | {
            word: Secret(word, Fact.SUBJECT_ORGANISATION, 0)
            for word in (self.house.places["SCHOOLS"], self.house.places["ELSEWHERE"])
        }

    @cached_property
    def references(self) -> dict[str, Secret]:
        """References that stand for somebody: of people, of attempts, of readings."""
        found = {
            person.ref: Secret(person.ref, self._fact_of(name), person.pk) for name, person in self.house.people.items()
        }
        for attempt in Attempt.objects.filter(earner__in=[self.house.people[name] for name in EARNERS]):
            found[attempt.ref] = Secret(attempt.ref, Fact.SUBJECT_NAME, attempt.earner_id, attempt.ref)
        for seat in Assignment.objects.select_related("panel"):
            found[seat.ref] = Secret(seat.ref, Fact.RATER_NAMES, seat.rater_id)
        return found

    def _fact_of(self, name: str) -> Fact | None:
        if name in EARNERS:
            return Fact.SUBJECT_NAME
        return None if name in {"idle", "coach", "unasked"} else Fact.RATER_NAMES

    def told_in(self, answer: Answer) -> set[Secret]:
        """Every word and reference in an answer that tells something."""
        told = set[Secret]()
        for text in answer.texts:
            told |= {self.secrets[word] for word in TELLING_WORD.findall(folded(text)) if word in self.secrets}
            told |= {self.references[ref] for ref in REFERENCE.findall(text) if ref in self.references}
        return told

    def leaks(self, who: str | None, answer: Answer, told: set[Secret]) -> Iterator[Leak]:
        """What of it, and which hours, this person must not find there."""
        viewer, name = self.house.people[who] if who else None, who or "nobody"
        # Whoever asks knows what stands in the address, and is told it again where they are sent elsewhere.
        asked = set(TELLING_WORD.findall(folded(answer.address))) | set(REFERENCE.findall(answer.address))
        for secret in sorted(told, key=str):
            if secret.word not in asked and not self.may_find(viewer, secret, answer):
                yield Leak(name, answer.address, secret.fact or "for its owner alone", self._told(secret))
        for minute in {minute for text in answer.texts for minute in MINUTE.findall(text)}:
            if self._is_hidden(minute, who, answer):
                yield Leak(name, answer.address, Fact.EXACT_TIMES, f"minute {minute}")

    def _is_hidden(self, minute: str, who: str | None, answer: Answer) -> bool:
        """Nobody sees the hour of a judge; that of an earner is seen by nobody else."""
        own = who in EARNERS and (who != "both" or answer.name.startswith("assessment:"))
        return minute == JUDGE_MINUTE or (minute == EARNER_MINUTE and not own)

    def _told(self, secret: Secret) -> str:
        return f"{secret.word} of {self.people.get(secret.of, 'a school unit')}"

    def may_find(self, viewer: Person | None, secret: Secret, answer: Answer) -> bool:
        if secret.fact is None:
            return (viewer is not None and secret.of == viewer.pk) or not secret.work
        if secret.fact is Fact.SUBJECT_ORGANISATION and answer.name in OF_NO_WORK:
            return True
        if viewer is None:
            return False
        if secret.of == viewer.pk:
            return True
        if secret.fact is Fact.SUBJECT_ORGANISATION and self._works_at(viewer, secret.word):
            return True
        if secret.fact is Fact.SUBJECT_NAME and self._made_it_or_met(viewer, secret, answer.name):
            return True
        fact = secret.fact
        if secret.of == self.house.people["both"].pk and (
            answer.name.startswith(OF_THE_POOL) or answer.name in WHO_READS
        ):
            fact = Fact.RATER_NAMES
        return any(fact in SEES[each] for each in self.standpoints(viewer, secret, answer.name))

    def _made_it_or_met(self, viewer: Person, secret: Secret, page: str) -> bool:
        """Those of a team know each other, on the pages of the team; a coach knows who says that they met."""
        named = {self.people[viewer.pk], self.people.get(secret.of, "")}
        if page.startswith("teams:") or page == "mail":
            return named == set(TOGETHER)
        return page.startswith("meetings:") and named == {"coach", "mated"}

    def _works_at(self, viewer: Person, word: str) -> bool:
        code = next(code for code, named in self.house.places.items() if named == word)
        return viewer.roles.filter(organisation=self.house.organisations[code]).exists()

    def standpoints(self, viewer: Person, secret: Secret, page: str) -> set[Standpoint]:
        """From where somebody looks at what a secret belongs to, on a page with this name."""
        if self._is_subject(viewer, secret):
            return {Standpoint.SUBJECT}
        if secret.of == self.house.people["drafting"].pk and viewer == self.house.people["coach"]:
            return {Standpoint.MENTOR}
        if not places_where(viewer, Role.LEAD_ASSESSOR):
            return {Standpoint.RATER}
        if page.startswith("appeals:"):
            return {Standpoint.APPEAL_LEAD if self._looks_at_appeal(viewer, secret) else Standpoint.STRANGER}
        if page == "desk:read" and self._adjudicates(viewer, secret):
            return {Standpoint.ADJUDICATOR}
        return {Standpoint.LEAD}

    def _adjudicates(self, viewer: Person, secret: Secret) -> bool:
        """Whether they decide what the readers of this work differ on."""
        refs = Submission.objects.filter(attempt__ref=secret.work).values("ref")
        return Assignment.objects.filter(rater=viewer, adjudicates=True, panel__subject__in=refs).exists()

    def _is_subject(self, viewer: Person, secret: Secret) -> bool:
        """Comments belong to a piece of work; whoever earned it reads them once it is decided."""
        if secret.fact is not Fact.COMMENTS:
            return False
        own = Attempt.objects.filter(ref=secret.work, earner=viewer)
        return own.filter(submissions__decided_at__isnull=False).exists()

    def _looks_at_appeal(self, viewer: Person, secret: Secret) -> bool:
        if not secret.work:
            return False
        had_a_part = CompletenessCheck.objects.filter(submission__attempt__ref=secret.work, checker=viewer).exists()
        return not had_a_part and Appeal.objects.filter(submission__attempt__ref=secret.work).exists()
