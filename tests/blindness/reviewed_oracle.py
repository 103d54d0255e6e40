"""What somebody may find on a page about reviews of quality, by `panels.blindness` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from longleaf.directory.models import Person
from longleaf.directory.queries import holds
from longleaf.directory.status import Role
from longleaf.panels.blindness import SEES, Fact, Standpoint
from longleaf.panels.instruments import rule_of
from longleaf.panels.models import Assignment
from longleaf.panels.status import AssignmentStatus
from longleaf.quality.models import Review
from longleaf.quality.reviewing.access import may_oversee, may_speak_for, reads_it
from longleaf.quality.status import UNDER_WAY, ReviewStatus
from tests.blindness.oracle import OF_NO_WORK, Leak
from tests.blindness.reviewed import Kind, Reviewed, Told
from tests.blindness.visiting import Answer
from tests.blindness.words import REFERENCE, TELLING_WORD, folded

FACTS = {
    Kind.READER: Fact.RATER_NAMES,
    Kind.WRITER: Fact.SUBJECT_NAME,
    Kind.OWNER: Fact.SUBJECT_ORGANISATION,
    Kind.FINDING: Fact.COMMENTS,
    Kind.REMARK: Fact.COMMENTS,
    Kind.REASON: Fact.NOTES_TO_LEAD,
    Kind.NOTE: Fact.NOTES_TO_LEAD,
}
# What is about one thing each; what stands on the same page by chance ties nothing.
PARTS = {"journal": b'class="ll-journal__line"', "quality:home": b"<tr"}
OF_ORGANISATIONS = {Kind.NOTE, Kind.OWNER}  # `of` is the number of an organisation there
KNOWN_TO_OWNERS = frozenset({Fact.SUBJECT_NAME, Fact.SUBJECT_ORGANISATION})
# Where officers and leads see who belongs to a house, and no review beside it.
OF_PEOPLE = ("people:", "pool:", "leading:", "calibration:", "panels:")


@dataclass
class ReviewedOracle:
    """Knows of every word and reference what it tells, and who may find it."""

    house: Reviewed
    public: frozenset[tuple[str, str]] = frozenset()  # address and word, of what anybody is told

    @cached_property
    def reviews(self) -> dict[str, Review]:
        return {each.ref: each for each in self.house.reviews.values()}

    @cached_property
    def seats(self) -> dict[str, Assignment]:
        return {each.ref: each for each in Assignment.objects.select_related("panel")}

    @cached_property
    def about(self) -> dict[str, Review]:
        """Every reference by which a review can be told."""
        of_panels = {each.panel_id: each for each in self.reviews.values()}
        found = self.reviews | {each.panel.ref: each for each in self.reviews.values() if each.panel}
        return found | {ref: of_panels[seat.panel_id] for ref, seat in self.seats.items()}

    def told_in(self, answer: Answer) -> set[str]:
        """Every telling word and reference in an answer."""
        found = set[str]()
        for text in answer.texts:
            found |= {word for word in TELLING_WORD.findall(folded(text)) if word in self.house.secrets}
            found |= {ref for ref in REFERENCE.findall(text) if ref in self.about or ref in self.house.secrets}
        return found

    def leaks(self, who: str | None, answer: Answer) -> Iterator[Leak]:
        """What of an answer this person must not find there."""
        divider = PARTS.get(answer.name)
        for part in answer.content.split(divider) if divider else [answer.content]:
            yield from self._leaks(who, replace(answer, content=part))

    def _leaks(self, who: str | None, answer: Answer) -> Iterator[Leak]:
        viewer, told = self.house.people[who] if who else None, self.told_in(answer)
        # Whoever asks knows what stands in the address.
        asked = set(TELLING_WORD.findall(folded(answer.address))) | set(REFERENCE.findall(answer.address))
        beside = {self.about[ref] for ref in told | asked if ref in self.about}
        for word in sorted(told - asked):
            if word in self.seats:
                if not self._may_know_seat(viewer, self.seats[word], answer):
                    yield Leak(who or "nobody", answer.address, "a reading of somebody else", word)
                continue
            secret = self.house.secrets.get(word)
            if secret and not self._may_find(viewer, secret, answer, beside):
                yield Leak(who or "nobody", answer.address, secret.kind.value, self._named(secret))

    def _named(self, secret: Told) -> str:
        names = {person.pk: name for name, person in self.house.people.items()}
        reviews = {review.ref: name for name, review in self.house.reviews.items()}
        return f"{secret.word} of {names.get(secret.of, secret.of)}, {reviews.get(secret.review, 'no review')}"

    def _may_know_seat(self, viewer: Person | None, seat: Assignment, answer: Answer) -> bool:
        if viewer is None:
            return False
        own = seat.rater_id == viewer.pk
        return own or self._leads(viewer) or self._audits(viewer, answer, {self.about[seat.ref]})

    def _audits(self, viewer: Person, answer: Answer, beside: set[Review]) -> bool:
        """The journal names to an officer who did what, but where they read themselves."""
        reads = any(reads_it(viewer, each) for each in beside)
        return answer.name == "journal" and self._is_officer(viewer) and not reads

    def _may_find(self, viewer: Person | None, secret: Told, answer: Answer, beside: set[Review]) -> bool:
        if viewer is None and secret.kind is not Kind.OWNER:
            return False
        if viewer is not None and secret.kind not in OF_ORGANISATIONS and secret.of == viewer.pk:
            return True
        if secret.kind is Kind.READER:
            return self._may_find_reader(viewer, answer, beside)
        if secret.kind is Kind.OWNER:
            if answer.name in OF_NO_WORK:
                return True
            return self._may_find_owner(viewer, secret, answer, beside)
        if secret.kind is Kind.WRITER:
            return self._may_find_writer(viewer, secret, beside)
        if secret.kind is Kind.NOTE:
            return all(self._sees(viewer, each) >= {Fact.SUBJECT_NAME} for each in self._noted(secret))
        review = self.reviews[secret.review]
        if secret.kind is Kind.REASON:
            return viewer is not None and self._leads(viewer)
        if secret.kind is Kind.REMARK and not self._in_the_room(viewer, review):
            return self._is_officer_of(viewer, review)
        return Fact.COMMENTS in self._sees(viewer, review)

    def _may_find_reader(self, viewer: Person | None, answer: Answer, beside: set[Review]) -> bool:
        if viewer is None:
            return False
        if self._leads(viewer) or self._audits(viewer, answer, beside):
            return True
        return answer.name.startswith(OF_PEOPLE) and not beside and self._is_officer(viewer)

    def _may_find_owner(self, viewer: Person | None, secret: Told, answer: Answer, beside: set[Review]) -> bool:
        """A design is in the catalog for everybody; nobody who reads it is led from its review to its issuer."""
        hidden = [each for each in beside if each.version_id and each.status in UNDER_WAY]
        hidden = [each for each in hidden if Fact.SUBJECT_NAME not in self._sees(viewer, each)]
        if hidden:
            return False
        if (answer.address, secret.word) in self.public or viewer is None:
            return True
        return self._is_officer(viewer) or self._is_of(viewer, secret.of) or not self._reads(viewer)

    def _may_find_writer(self, viewer: Person | None, secret: Told, beside: set[Review]) -> bool:
        """Those of one house know each other. An officer knows who wrote what they decide on."""
        if viewer is None:
            return False
        writer = Person.objects.get(pk=secret.of)
        shared = set(writer.roles.values_list("organisation", flat=True)) & set(
            viewer.roles.values_list("organisation", flat=True)
        )
        return bool(shared) or (self._is_officer(viewer) and not any(reads_it(viewer, each) for each in beside))

    def _noted(self, secret: Told) -> list[Review]:
        return [each for each in self.reviews.values() if secret.word in each.note]

    def _sees(self, viewer: Person | None, review: Review) -> frozenset[Fact]:
        """What somebody may know of a review now."""
        if viewer is None:
            return SEES[Standpoint.PUBLIC] if review.status == ReviewStatus.DECIDED else frozenset()
        found = frozenset[Fact]()
        if may_speak_for(viewer, review):
            # Before it is decided they know their own work, and nothing of what is found.
            found |= SEES[Standpoint.SUBJECT] if review.status == ReviewStatus.DECIDED else KNOWN_TO_OWNERS
        if self._is_officer_of(viewer, review):
            is_read = review.status in {ReviewStatus.TO_DECIDE, ReviewStatus.DECIDED}
            found |= SEES[Standpoint.OFFICER] if is_read else KNOWN_TO_OWNERS
        if self._in_the_room(viewer, review):
            found |= SEES[Standpoint.RECONCILER]
        return found

    def _in_the_room(self, viewer: Person | None, review: Review) -> bool:
        return viewer is not None and any(seat.rater_id == viewer.pk for seat in self.talkers(review))

    def talkers(self, review: Review) -> list[Assignment]:
        """The readers who differed and meet: those who read first, from when both have handed in, for good."""
        if review.panel is None or review.panel.talk_until is None:
            return []
        first = Assignment.objects.filter(panel=review.panel, seat__lte=rule_of(review.panel).readers)
        return list(first.filter(status=AssignmentStatus.SUBMITTED))

    def _is_officer_of(self, viewer: Person | None, review: Review) -> bool:
        return viewer is not None and may_oversee(viewer, review) and not reads_it(viewer, review)

    def _is_officer(self, viewer: Person) -> bool:
        return holds(viewer, Role.STATE_OFFICER, organisation_id=self.house.agency.pk)

    def _leads(self, viewer: Person) -> bool:
        return holds(viewer, Role.LEAD_ASSESSOR, organisation_id=self.house.agency.pk)

    def _reads(self, viewer: Person) -> bool:
        return holds(viewer, Role.REVIEWER, organisation_id=self.house.agency.pk)

    def _is_of(self, viewer: Person, organisation: int) -> bool:
        return viewer.roles.filter(organisation=organisation).exists()
