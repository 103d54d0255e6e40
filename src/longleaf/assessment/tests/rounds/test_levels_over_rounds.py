"""The best level over several rounds, where the rule counts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.assessment.models import Submission
from longleaf.assessment.queries import decision_on
from longleaf.assessment.status import AppealStatus, AttemptStatus
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import hand_in, seats_of
from longleaf.assessment.tests.rounds.walking import by_points, judged, levels_of, next_round
from longleaf.awards.models import Award
from longleaf.directory.models import Organisation, Person, State
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_assessor", "second_assessor", "third_assessor")]


@pytest.fixture
def first_round(
    state: State, issuer: Organisation, educator: Person, lead_assessor: Person
) -> Callable[..., Submission]:
    def judged_once(*, cut: str, across_rounds: str = "best_level", **levels: str) -> Submission:
        version = cast.publish(state, issuer, by_points(cut=cut, across_rounds=across_rounds))
        return judged(hand_in(version, educator), lead_assessor, **levels)

    return judged_once


def test_points_add_up_over_three_rounds(first_round: Callable[..., Submission], lead_assessor: Person) -> None:
    first = first_round(cut="0.8", A="2", B="2")
    second = judged(next_round(first, changed="Changed in the second round."), lead_assessor, A="1", B="4")
    assert second.levels_before == second.panel.levels_before == {"A": "2", "B": "2"}
    # A was read again and found worse: the better level of the first round stands, and is still not enough.
    assert levels_of(second) == {"A": ("2", False, "before"), "B": ("4", True, "reader")}
    third = judged(next_round(second, changed="Changed in the third round."), lead_assessor, A="3")
    assert (third.met_before, third.levels_before) == (["B"], {"A": "2", "B": "4"})
    # Seven of eight points are 87 %. At the line of B they would be six, and 75 % are too few.
    assert levels_of(third) == {"A": ("3", True, "reader"), "B": ("4", True, "before")}
    assert third.attempt.status == AttemptStatus.DEMONSTRATED


def test_without_the_best_level_each_round_stands_for_itself(
    first_round: Callable[..., Submission], lead_assessor: Person
) -> None:
    first = first_round(cut="0.7", across_rounds="met_stays", A="2", B="2")
    second = judged(next_round(first, changed="Changed in the second round."), lead_assessor, A="1", B="4")
    assert levels_of(second)["A"] == ("1", False, "reader")
    assert second.attempt.status == AttemptStatus.NOT_YET


def test_an_earlier_level_that_is_not_met_is_told_as_such(
    first_round: Callable[..., Submission], lead_assessor: Person, client_of: Callable[[Person], Client]
) -> None:
    first = first_round(cut="0.7", A="2", B="2", comment="As it was.")
    second = judged(
        next_round(first, changed="Changed in the second round."), lead_assessor, A="1", B="4", comment="As it is."
    )
    decision = decision_on(second)
    assert decision
    found = decision.not_yet[0]
    assert (found.code, found.level_title, found.from_before, found.level_from_before) == ("A", "2 points", False, True)
    assert found.comments == ["As it is."]
    page = client_of(second.attempt.earner).get(f"/work/{second.attempt.ref}/decision/").content.decode()
    assert "This level is from an earlier round and stays" in page
    # Six of eight points are enough here; the badge says of A what is true: not yet, and judged.
    award = Award.objects.get()
    assert {each["code"]: each["met"] for each in award.finding["criteria"]} == {"A": False, "B": True}
    assert "judged again" not in client_of(None).get(f"/badges/{award.uuid}/").content.decode()  # type: ignore[arg-type]


def test_what_an_appeal_has_read_anew_keeps_the_better_level_too(
    first_round: Callable[..., Submission], issuer: Organisation, lead_assessor: Person
) -> None:
    first = first_round(cut="0.7", A="2", B="2")
    new_lead = appeals.new_lead(issuer)
    appeals.new_readers(issuer)
    reread = appeals.admitted(appeals.lodged(first.attempt), new_lead)
    assert reread.levels_before == {"A": "2", "B": "2"}
    for seat in seats_of(reread):
        appeals.read_only(seat, A="1", B="4")
    reread.refresh_from_db()
    assert levels_of(reread) == {"A": ("2", False, "before"), "B": ("4", True, "reader")}
    reread.attempt.refresh_from_db()
    assert reread.attempt.status == AttemptStatus.DEMONSTRATED
    assert first.appeals.get().status == AppealStatus.CHANGED


def test_levels_that_an_appeal_found_count_in_the_next_round(
    first_round: Callable[..., Submission], issuer: Organisation, lead_assessor: Person
) -> None:
    first = first_round(cut="0.9", A="2", B="1")
    new_lead = appeals.new_lead(issuer)
    appeals.new_readers(issuer)
    reread = appeals.admitted(appeals.lodged(first.attempt), new_lead)
    for seat in seats_of(reread):
        appeals.read_only(seat, A="1", B="4")
    first.attempt.refresh_from_db()
    opened = next_round(first, changed="Changed in the second round.")
    assert (opened.met_before, opened.levels_before) == (["B"], {"A": "2", "B": "4"})
