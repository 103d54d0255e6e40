"""Nobody who reviews a design, an application or a plan, and nobody whose it is, finds what is kept from them.

The same proof as `test_every_page`, in a state at work on quality: every page that any of them can reach, and every
mail. What the readers find and what everybody is called differs from seed to seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import TestCase
from django.urls import reverse

from longleaf.kit import keeping
from longleaf.panels.models import Assignment
from longleaf.quality.models import Instrument
from tests import labels
from tests.blindness.oracle import Leak
from tests.blindness.reviewed import REVIEWERS, Kind, Reviewed, build
from tests.blindness.reviewed_oracle import ReviewedOracle
from tests.blindness.test_every_page import as_tests_run
from tests.blindness.visiting import Answer, Visitor, addresses_to_no_page, name_of
from tests.blindness.words import Words

pytestmark = pytest.mark.django_db

# Nobody, readers of whom each is at another point, one who is an officer too, and those whose it is that they read.
VISITORS = (None, "rhea", "rolf", "both", "officer", "lead", "designer", "author", "schools")
# The rooms where quality is judged, of which the other tour sees nothing.
ROOMS = ("quality:", "applications:", "oversight:", "register:")
BESIDE = ("journal", "leading:", "pool:", "desk:", "home", "reminders:")
# Of each sort one is shown round everywhere; the others in the rooms where quality is judged and beside them.
EVERYWHERE = {None, "rhea", "both", "designer"}
# What the first reader finds met, by seed; the second finds the opposite where they are to differ.
SEEDS = {2: (True, False, True), 3: (False, False, True)}


# A rule proves nothing of what nobody finds at all.
FOUND_BY = {
    "rhea": {Kind.FINDING},
    "rolf": {Kind.FINDING},
    "officer": {Kind.READER, Kind.WRITER, Kind.OWNER, Kind.FINDING, Kind.NOTE},
    "lead": {Kind.READER},
    "designer": {Kind.OWNER, Kind.NOTE, Kind.FINDING},
}
OPENED = {
    "quality:home", "quality:review", "quality:decide", "quality:read", "quality:meet", "quality:finished",
    "quality:follow_up", "quality:rubrics", "applications:home", "applications:application", "applications:preview",
    "oversight:home", "oversight:of_organisation", "register:list", "register:json", "register:csv",
    "register:organisations",
}  # fmt: skip


@dataclass
class Tour:
    house: Reviewed
    oracle: ReviewedOracle
    leaks: list[Leak] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unlabelled: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    found: dict[str, set[Kind]] = field(default_factory=dict)
    # Who was let into the room of which reading, with what they found there; and of each review who may be.
    rooms: dict[tuple[str, str], set[Kind]] = field(default_factory=dict)
    talkers: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @cached_property
    def shown(self) -> list[labels.Shown]:
        """Every design and every rubric, of which none is official."""
        designs = [each.version.document for each in self.house.reviews.values() if each.version]
        return [*map(labels.of_design, designs), *map(labels.of_instrument, Instrument.objects.all())]

    @classmethod
    def of(cls, house: Reviewed, everywhere: Collection[str | None]) -> Tour:
        tour = cls(house, ReviewedOracle(house))
        visitors = {name: Visitor(house.people[name] if name else None) for name in VISITORS}
        for name, visitor in visitors.items():
            tour._look_round(name, visitor, *(() if name in everywhere else (*ROOMS, *BESIDE)))
        # Whoever knows a reference can ask by it, whether or not a page leads there.
        missed = [each for each in addresses_to_no_page(tour.opened) if name_of(each).startswith(ROOMS)]
        for name, visitor in visitors.items():
            for address in [*addresses_by_reference(house), *missed]:
                tour._note(name, visitor.get(address))
        tour._knock_at_every_room()
        return tour

    def _knock_at_every_room(self) -> None:
        """Every reader at the room of every reading, before it opens and after, whoever it is for."""
        names = {person.pk: name for name, person in self.house.people.items()}
        for review, each in self.house.reviews.items():
            self.talkers[review] = {(names[seat.rater_id], seat.ref) for seat in self.oracle.talkers(each)}
        for name in (*REVIEWERS, "both", "officer", "lead"):
            visitor = Visitor(self.house.people[name])
            for ref in self.oracle.seats:
                answer = visitor.get(reverse("quality:meet", kwargs={"ref": ref}))
                self._note(name, answer)
                if answer.status == 200:
                    words = self.oracle.told_in(answer) & set(self.house.secrets)
                    kinds = {self.house.secrets[word].kind for word in words}
                    self.rooms[name, ref] = kinds & {Kind.FINDING, Kind.REMARK}

    def _look_round(self, name: str | None, visitor: Visitor, *rooms: str) -> None:
        answers = visitor.go_through(*rooms)
        self._note_what_is_public(answers if name is None else nobody_asks(answers, self.oracle.public))
        for each in answers:
            self._note(name, each)
        forms = {each.name: each for each in answers if each.status == 405 or b'method="post"' in each.content}
        for each in forms.values():
            self._note(name, visitor.post_nothing(each.address))

    def _note_what_is_public(self, answers: Iterable[Answer]) -> None:
        told = {(each.address, word) for each in answers for word in self.oracle.told_in(each)}
        self.oracle.public |= told

    def _note(self, name: str | None, answer: Answer) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.address} answers {name} with {answer.status}")
        if answer.status == 200:
            self.opened[answer.name] += 1
        for shown in self.shown:
            self.unlabelled |= set(labels.unlabelled(answer, shown))
        secrets = self.house.secrets
        told = {secrets[word].kind for word in self.oracle.told_in(answer) if word in secrets}
        self.found.setdefault(name or "", set()).update(told)
        self.leaks += self.oracle.leaks(name, answer)


def nobody_asks(answers: Iterable[Answer], known: Collection[tuple[str, str]]) -> list[Answer]:
    """What everybody may open of what somebody was shown: of many pages of a shape each is shown a few, and others."""
    asked, nobody = {address for address, _ in known}, Visitor(None)
    wanted = {each.address for each in answers if each.name.startswith(("catalog:", "register:"))} - asked
    return [nobody.get(address) for address in sorted(wanted)]


def addresses_by_reference(house: Reviewed) -> list[str]:
    """The pages of every review, of every reading of it, of every application, and what the journal says of each."""
    found = []
    for review in house.reviews.values():
        found += [reverse(f"quality:{name}", kwargs={"ref": review.ref}) for name in ("review", "decide", "letter")]
        found.append(f"{reverse('journal')}?subject=panel:{review.panel.ref}")
        if review.application:
            ref = {"ref": review.application.ref}
            found += [reverse(f"applications:{name}", kwargs=ref) for name in ("application", "preview")]
            found.append(f"{reverse('journal')}?subject=application:{review.application.ref}")
            approved_as = {"slug": review.application.organisation.slug, "judged_as": review.application.judged_as}
            found.append(reverse("oversight:of_organisation", kwargs=approved_as))
    for ref in Assignment.objects.order_by("ref").values_list("ref", flat=True):
        found += [reverse(f"quality:{name}", kwargs={"ref": ref}) for name in ("read", "meet")]
        found.append(f"{reverse('journal')}?subject=reading:{ref}")
    return found


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed-{seed}")
def tour(request: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    files = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), as_tests_run(files), transaction.atomic():
        keeping.forget()
        mail.outbox.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            house = build(Words(seed=request.param), levels=SEEDS[request.param])
        found = Tour.of(house, EVERYWHERE if request.param == min(SEEDS) else {None})
        by_address = {person.email: name for name, person in house.people.items()}
        for message in mail.outbox:
            answer = Answer("mail", "mail", 200, "", str(message.message()).encode(), "text/plain", "")
            for address in message.to:
                found._note(by_address[address], answer)
        transaction.set_rollback(True)
    return found


def test_nobody_finds_what_is_kept_from_them(tour: Tour) -> None:
    assert sorted({str(leak) for leak in tour.leaks}) == []


def test_whatever_is_not_official_says_so_wherever_it_is_shown(tour: Tour) -> None:
    assert sorted(tour.unlabelled) == []


def test_no_page_falls_over(tour: Tour) -> None:
    assert tour.faults == []


@pytest.mark.parametrize(("who", "kinds"), FOUND_BY.items())
def test_whoever_may_find_it_does(tour: Tour, who: str, kinds: set[Kind]) -> None:
    assert kinds <= tour.found[who]


def test_a_room_opens_to_those_who_differ_when_both_have_handed_in_and_to_nobody_else(tour: Tour) -> None:
    for review, talkers in tour.talkers.items():
        assert len(talkers) == (2 if review.endswith(("differing", "talked")) else 0)
    told = {each: {Kind.FINDING, Kind.REMARK} for talkers in tour.talkers.values() for each in talkers}
    assert tour.rooms == told


def test_every_room_was_opened_by_somebody(tour: Tour) -> None:
    reached = {name for name in tour.opened if name.startswith(ROOMS)}
    assert sorted(OPENED - reached) == []
