"""The board of agreement: what is measured, what is hidden, and who sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.directory.models import Organisation, Person
from longleaf.panels.errors import NoSuchBoard
from longleaf.panels.leading.board import Board, board_of, figure
from longleaf.panels.leading.overview import agreement_by
from longleaf.panels.leading.rated import STEP, ratings_of, rubrics_of
from longleaf.panels.models import Panel
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET, convene, read
from longleaf.panels.tests.leading.judged import judge
from tests import cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def pool(issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person) -> Organisation:
    return issuer


@pytest.fixture
def ten(pool: Organisation) -> list[Panel]:
    """Ten decisions; on two of them the first two readers differed."""
    return [judge(pool, f"{number:04}", second=NOT_YET if number < 2 else MEETS) for number in range(STEP)]


def board(pool: Organisation, panel: Panel) -> Board:
    return board_of(pool, KIND, panel.rubric_id)


def page(pool: Organisation, panel: Panel) -> str:
    return reverse("leading:board", kwargs={"slug": pool.slug, "kind": KIND, "digest": panel.rubric_id})


def test_it_tells_nothing_before_the_first_step(pool: Organisation) -> None:
    for number in range(STEP - 1):
        panel = judge(pool, f"{number:04}")
    found = board(pool, panel)
    assert (found.lines, found.used.measured, found.used.to_wait_for) == ((), 0, 1)


def test_it_measures_the_readers_who_were_asked_first(pool: Organisation, ten: list[Panel]) -> None:
    every, one, other = board(pool, ten[0]).lines
    # A third reading of what two differed on would add pairs that agree and pairs that do not.
    assert (every.found.subjects, every.found.units, every.found.ratings) == (10, 20, 40)
    assert (one.title, one.found.exact.value, one.found.shared) == ("Feedback is specific", 0.8, 10)
    assert other.found.base_rate.counts == {"not-yet": 2, "demonstrated": 18}
    assert one.is_few
    assert one.is_lopsided


def test_a_single_further_decision_moves_nothing(pool: Organisation, ten: list[Panel]) -> None:
    before = board(pool, ten[0])
    judge(pool, "MORE-1", first=NOT_YET, second=NOT_YET)
    after = board(pool, ten[0])
    assert after.lines == before.lines
    assert (before.used.decided, after.used.decided) == (10, 11)


def test_what_is_still_being_read_is_not_measured(pool: Organisation, ten: list[Panel]) -> None:
    read(convene(pool, subject="SUB-OPEN").assignments.get(seat=1), level=NOT_YET)
    assert len(list(ratings_of(pool, rubrics_of(pool)[0]))) == 40


def test_each_rubric_and_each_pool_stands_for_itself(
    pool: Organisation, agency: Organisation, ten: list[Panel]
) -> None:
    changed = cast.make_document()["rubric"]
    changed["criteria"][0]["title"] = "Feedback is kind"
    other = convene(pool, subject="SUB-OTHER", rubric=changed)
    for seat in other.assignments.all():
        read(seat)
    assert {(used.digest, used.decided) for used in rubrics_of(pool)} == {(ten[0].rubric_id, 10), (other.rubric_id, 1)}
    assert rubrics_of(agency) == []
    with pytest.raises(NoSuchBoard):
        board(agency, ten[0])


def test_an_undefined_figure_says_why(pool: Organisation) -> None:
    for number in range(STEP):
        panel = judge(pool, f"{number:04}")
    every = board(pool, panel).lines[0].found
    assert figure(every.exact).startswith("1.00")
    assert figure(every.alpha) == "Every rating is in one category, so agreement cannot be told from chance."


PEOPLE = {
    "nobody": 302,
    "stranger": 404,
    "educator": 404,
    "first_assessor": 404,
    "state_officer": 404,
    "lead_elsewhere": 404,
    "lead_assessor": 200,
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_the_board(who: str, pool: Organisation, client_as: Callable[[str], Client]) -> None:
    panel = judge(pool, "0000")
    client = client_as(who)
    for address in (reverse("leading:rubrics", kwargs={"slug": pool.slug}), page(pool, panel)):
        assert client.get(address).status_code == PEOPLE[who]


def test_it_names_no_reader_no_earner_and_no_submission(
    pool: Organisation, lead_assessor: Person, educator: Person, district: Organisation, client_of: ClientOf
) -> None:
    panels = [judge(pool, f"{number:04}", of=educator) for number in range(STEP)]
    client = client_of(lead_assessor)
    readers = {seat.rater.name for panel in panels for seat in panel.assignments.all()}
    hidden = {educator.name, educator.ref, district.name, *readers, *(panel.subject for panel in panels)}
    for address in (reverse("leading:rubrics", kwargs={"slug": pool.slug}), page(pool, panels[0])):
        shown = client.get(address).content.decode()
        assert [word for word in hidden if word in shown] == []


def test_the_number_of_questions_does_not_grow(
    pool: Organisation, ten: list[Panel], lead_assessor: Person, client_of: ClientOf
) -> None:
    client = client_of(lead_assessor)
    counts = []
    for number in range(2):
        for address in (page(pool, ten[0]), reverse("leading:rubrics", kwargs={"slug": pool.slug})):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        changed = cast.make_document()["rubric"]
        changed["criteria"][0]["title"] = f"Title {number}"
        for seat in convene(pool, subject=f"SUB-N{number}", rubric=changed).assignments.all():
            read(seat)
        judge(pool, f"AGAIN-{number}")
    assert counts[:2] == counts[2:]


def test_many_rubrics_at_once_have_the_figures_of_their_boards(
    pool: Organisation, agency: Organisation, ten: list[Panel]
) -> None:
    key = (pool.pk, ten[0].rubric_id)
    judge(pool, "MORE-1", first=NOT_YET, second=NOT_YET)
    found = agreement_by([key, (agency.pk, ten[0].rubric_id)], kind=KIND)
    assert found == {key: board(pool, ten[0]).lines[0].found}
    assert agreement_by([key], kind="another") == agreement_by([], kind=KIND) == {}
    with CaptureQueriesContext(connection) as asked:
        agreement_by([key], kind=KIND)
    assert len(asked) == 3
