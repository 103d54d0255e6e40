"""Whatever people and places are called, and whatever others find: a page of somebody who must not know it stays as it
is, to the byte.

Words that tell nothing elsewhere are found wherever they stand, but people are called Mark, Li or An, and a school unit
may be called as a page is. So here names are drawn, put in the place of the ones before, and every page of a room where
judging is done is asked for again. What is searched, sorted, counted, named and told in a header would move with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings
from django.utils.text import slugify
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from longleaf.assessment.models import Artifact, Upload
from longleaf.assessment.tests.desk import factories as desk
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.kit import keeping
from longleaf.panels.models import Assignment, Rating
from longleaf.panels.tests.factories import fill_in
from longleaf.quality.models import Review
from longleaf.quality.tests.reviewing import stage
from tests import cast
from tests.blindness.oracle import OF_NO_WORK
from tests.blindness.test_every_page import as_tests_run
from tests.blindness.test_nothing_moves import bare, differs
from tests.blindness.visiting import Visitor

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
# Where work is judged, or where those are led who judge it.
ROOMS = (
    "desk:",
    "assessment:",
    "appeals:",
    "pool:",
    "leading:",
    "calibration:",
    "quality:",
    "applications:",
    "oversight:",
)
AWKWARD = (
    "Bo", "Li An", "D’Arcy O'Neil", "Ann-Marie Smith-Jones", "Zoë Ångström", "Mark", "Will Read", "Grace Level", "R1",
    "None", "Reader A", "Artifact 1", "<b>Bold</b>", "50% & more", "Erin", "Earner Erin", "Ñ", "李小龍", "A" * 60,
)  # fmt: skip
LETTERS = st.text(st.characters(categories=["Lu", "Ll"], include_characters="'’- "), min_size=1, max_size=30)
NAMES = st.sampled_from(AWKWARD) | LETTERS.map(str.strip).filter(bool)
ADDRESSES = st.from_regex(r"[a-z][a-z0-9.+-]{0,12}@(mark|an|example)\.test", fullmatch=True)

# The world is built once, so that many names can be drawn in it.
few = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone() -> Iterator[None]:
    """Change something for as long as this lasts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    keeping.forget()


class Pages:
    """The pages of one person in the rooms where judging is done, as they are before anything is changed."""

    def __init__(self, person: Person) -> None:
        self.visitor, self.files = Visitor(person), django_settings.MEDIA_ROOT
        with time_machine.travel(NOW, tick=False):
            found = self.visitor.go_through(*ROOMS)
        self.addresses = [each.address for each in found if each.status == 200 and each.name not in OF_NO_WORK]
        self.before = dict(self.shown())
        self.in_order = list(self.addresses)
        assert self.differ() == []

    def shown(self, addresses: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
        keeping.forget()
        # Files lie where they lay when the world was built, whatever the test says that is running.
        with time_machine.travel(NOW, tick=False), override_settings(MEDIA_ROOT=self.files):
            for address in addresses or self.addresses:
                each = self.visitor.get(address)
                yield address, f"{each.status} {each.kind} {_file(each.heads)}\n{bare(each.content)}"

    def differ(self) -> list[str]:
        """What stands there otherwise than before."""
        return [
            f"{address}: {line.strip()}" for address, now in self.shown() for line in differs(self.before[address], now)
        ]

    def moves(self) -> bool:
        """Whether anything stands there otherwise. The first page that does is asked first the next time."""
        for address, now in self.shown(self.in_order):
            if now != self.before[address]:
                self.in_order = [address, *(each for each in self.in_order if each != address)]
                return True
        return False


def _file(heads: str) -> str:
    return next((line for line in heads.splitlines() if line.startswith("Content-Disposition")), "")


def rename(person: Person, name: str, address: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=name, email=f"{person.pk}.{address}")


def rename_place(place: Organisation, name: str) -> None:
    # A place is called by its name in its address too, and two are never called alike there.
    Organisation.objects.filter(pk=place.pk).update(name=name, slug=f"{slugify(name)[:40] or 'x'}-{place.pk}")


@few
@given(name=NAMES, address=ADDRESSES, place=NAMES, file=NAMES, title=NAMES)
def test_pages_of_readers_and_leads_stay_as_they_are_whoever_earned_it(
    name: str, address: str, place: str, file: str, title: str, judged: dict[str, Any]
) -> None:
    with undone():
        rename(judged["earner"], name, address)
        rename_place(judged["place"], place)
        Upload.objects.update(original_name=f"{file}.png")
        Artifact.objects.update(title=title)
        for who in ("reader", "other", "lead"):
            assert judged[who].differ() == [], who
        # A change that shows nowhere at all would prove nothing.
        assert judged["own"].moves()


@few
@given(name=NAMES, address=ADDRESSES, second=NAMES, place=NAMES)
def test_pages_of_an_earner_and_of_the_other_reader_stay_as_they_are_whoever_reads(
    name: str, address: str, second: str, place: str, judged: dict[str, Any]
) -> None:
    first, other = judged["seats"]
    with undone():
        rename(other.rater, name, address)
        assert judged["reader"].differ() == []
        assert judged["lead"].moves()
        # Where the readers work stands on their own pages.
        rename(first.rater, second, f"x{address}")
        rename_place(judged["home"], place)
        assert judged["own"].differ() == []


@few
@given(name=NAMES, address=ADDRESSES, place=NAMES, note=NAMES, other=NAMES)
def test_pages_of_a_reviewer_stay_as_they_are_whose_design_it_is_and_whoever_else_reads_it(
    name: str, address: str, place: str, note: str, other: str, reviewed: dict[str, Any]
) -> None:
    _, second = reviewed["seats"]
    with undone():
        rename(reviewed["designer"], name, address)
        rename_place(reviewed["issuer"], place)
        Review.objects.update(note=note)
        rename(second.rater, other, f"x{address}")
        assert reviewed["reader"].differ() == []
        assert reviewed["own"].moves()


@few
@given(
    levels=st.lists(st.sampled_from([stage.MET, stage.NOT_YET]), min_size=3, max_size=3),
    comments=st.lists(NAMES, min_size=3, max_size=3),
    name=NAMES,
    address=ADDRESSES,
    hands_in=st.booleans(),
)
def test_pages_of_a_reviewer_and_of_a_designer_stay_as_they_are_whatever_is_found(
    levels: list[str], comments: list[str], name: str, address: str, hands_in: bool, reviewed: dict[str, Any]
) -> None:
    _, second = reviewed["seats"]
    with undone():
        given_levels = dict(zip(("S1_a", "S1_b", "S2_a"), levels, strict=True))
        stage.fill_in(second, **given_levels)
        for rated, comment in zip(
            Rating.objects.filter(assignment=second).order_by("criterion"), comments, strict=True
        ):
            Rating.objects.filter(pk=rated.pk).update(comment=comment)
        rename(second.rater, name, address)
        assert reviewed["reader"].differ() == []
        assert reviewed["own"].differ() == []
        if hands_in:
            mine = Pages(second.rater)
            Assignment.objects.filter(pk=second.pk).update(status="submitted", submitted_at=NOW)
            assert reviewed["reader"].differ() == []
            assert mine.moves()


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Any]]]:
    """One world for all tests here, each of which undoes what it changes; after them the database is as it was."""
    with (
        django_db_blocker.unblock(),
        as_tests_run(tmp_path_factory.mktemp("evidence")),
        transaction.atomic(),
    ):
        keeping.forget()
        yield _build()
        transaction.set_rollback(True)
    keeping.forget()


@pytest.fixture
def judged(world: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One piece of work that one has read and another is reading, and the pages of all who have a part in it."""
    return world["judged"]


@pytest.fixture
def reviewed(world: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One design that one reviewer is reading, and the pages of that reviewer and of the designer."""
    return world["reviewed"]


def _build() -> dict[str, dict[str, Any]]:
    """Everything that happens first, and then the pages, so that they show all of it."""
    state = cast.make_state()
    places, items = cast.make_organisations(state), cast.make_items(state)
    issuer, district, elsewhere = places["ISSUER"], places["D1"], places["D2"]
    version = cast.publish(state, issuer, cast.make_document(), [items["MTS-2"]])
    earner = cast.make_person("Erin Earner", (district, Role.EDUCATOR))
    lead = cast.make_person("Lena Lead", (issuer, Role.LEAD_ASSESSOR))
    designer = cast.make_person("Dora Designer", (issuer, Role.DESIGNER))
    for name in ("Ada First", "Ben Second"):
        cast.make_person(name, (issuer, Role.ASSESSOR), (elsewhere, Role.EDUCATOR))
    stage.publish(state)
    stage.make_reviewers(places["AGENCY"])
    with time_machine.travel(NOW, tick=False):
        first, second = _half_read(version, earner, lead)
        one, two = stage.seats(stage.hand_in(version, designer, note="Our first."))
        stage.fill_in(one)
    return {
        "judged": {
            "earner": earner, "place": district, "home": elsewhere, "seats": (first, second),
            "reader": Pages(first.rater), "other": Pages(second.rater), "lead": Pages(lead), "own": Pages(earner),
        },
        "reviewed": {
            "designer": designer, "issuer": issuer, "seats": (one, two), "reader": Pages(one.rater),
            "own": Pages(designer),
        },
    }  # fmt: skip


def _half_read(version: Version, earner: Person, lead: Person) -> list[Assignment]:
    seats = desk.seats_of(desk.send_to_panel(desk.hand_in(version, earner), lead))
    desk.read(seats[0])
    fill_in(seats[1], level="not-yet")
    return seats


def test_the_pages_are_those_on_which_work_is_judged(
    judged: dict[str, Any], reviewed: dict[str, Any], client_of: Callable[[Person | None], Any]
) -> None:
    def told(pages: Pages) -> set[str]:
        return {address.split("/")[1] for address in pages.addresses}

    assert {"assess"} <= told(judged["reader"])
    assert {"assess", "desk"} <= told(judged["lead"])
    assert {"quality"} <= told(reviewed["reader"])
