"""Two workers, a killed one, a slow one, two lists at once: each row ends in one badge. Real threads and processes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from longleaf.awards import tasks
from longleaf.awards.bulk import awarding as awarding_in_bulk
from longleaf.awards.bulk import working as working_in_bulk
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward, BulkRow, IssuingKey
from longleaf.awards.status import BulkStatus
from longleaf.awards.tests.test_exactly_once import SLOW_KEY_STORE, at_once, process
from longleaf.directory.models import Organisation, Person
from longleaf.journal import verifying as journal
from longleaf.journal.models import JournalLine
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

WORK = """
from longleaf.awards.bulk import working as working_in_bulk
working_in_bulk.ROWS_IN_A_CLAIM = 3
done = 0
while (claim := working_in_bulk.claim()) is not None:
    done += working_in_bulk.award_claimed(claim)
print(done, flush=True)
"""
Confirmed = Callable[[str], BulkAward]


@pytest.fixture
def people(district: Organisation) -> list[Person]:
    return [cast.make_person(f"Person Number {number}") for number in range(10)]


@pytest.fixture(autouse=True)
def _small_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working_in_bulk, "ROWS_IN_A_CLAIM", 3)


def listed(people: list[Person]) -> str:
    return "person\n" + "".join(f"{person.email}\n" for person in people)


def work_until_done() -> int:
    done = 0
    while found := tasks.award_listed_people():
        done += found
    return done


def assert_each_has_one_badge(people: list[Person]) -> None:
    found = list(Award.objects.all())
    assert sorted(award.earner_id for award in found) == sorted(person.pk for person in people)
    assert len({(award.status_list_id, award.status_index) for award in found}) == len(people)
    assert all(award.credential for award in found)
    assert JournalLine.objects.filter(event="badge:award:issued").count() == len(people)
    assert {bulk.status for bulk in BulkAward.objects.all()} == {BulkStatus.DONE}
    assert JournalLine.objects.filter(event="badge:bulk-award:finished").count() == BulkAward.objects.count()
    assert journal.verify().first_break is None


def test_workers_at_once_award_each_row_once(key: IssuingKey, confirmed: Confirmed, people: list[Person]) -> None:
    confirmed(listed(people))
    assert sum(at_once(4, lambda _number: work_until_done())) == 10
    assert_each_has_one_badge(people)


def test_two_worker_processes_award_each_row_once(key: IssuingKey, confirmed: Confirmed, people: list[Person]) -> None:
    confirmed(listed(people))
    with process(WORK) as first, process(WORK) as second:
        done = [int(run.communicate(timeout=60)[0]) for run in (first, second)]
    assert sum(done) == 10
    assert_each_has_one_badge(people)


def test_a_worker_that_is_killed_in_the_middle_of_a_list_leaves_the_rest_to_the_next(
    key: IssuingKey, confirmed: Confirmed, people: list[Person]
) -> None:
    confirmed(listed(people))
    with process(SLOW_KEY_STORE + WORK) as doomed:
        assert doomed.stdin is not None
        assert doomed.stdout is not None
        # The first claim of three goes through; the worker dies in the middle of the second.
        for _ in range(4):
            assert doomed.stdout.readline() == "signing\n"
            doomed.stdin.write("\n")
            doomed.stdin.flush()
        assert doomed.stdout.readline() == "signing\n"
        doomed.send_signal(signal.SIGKILL)
        doomed.wait(timeout=10)
    assert Award.objects.count() == 3
    assert work_until_done() == 4
    # Its lease still runs: nobody knows yet that the worker is dead.
    assert BulkAward.objects.get().status == BulkStatus.CONFIRMED
    BulkRow.objects.update(leased_until=timezone.now())
    with process(WORK) as first, process(WORK) as second:
        done = [int(run.communicate(timeout=60)[0]) for run in (first, second)]
    assert sum(done) == 3
    assert_each_has_one_badge(people)


def test_a_worker_that_was_only_slow_writes_nothing_that_another_has_written(
    key: IssuingKey, confirmed: Confirmed, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(listed(people))
    sign_all, slow = working_in_bulk.signing.sign_all, list[int]()

    def slow_the_first_time(*args: Any, **facts: Any) -> Any:
        signed = sign_all(*args, **facts)
        if not slow:
            slow.append(1)
            BulkRow.objects.update(leased_until=timezone.now())
            assert work_until_done() == 10
        return signed

    monkeypatch.setattr(working_in_bulk.signing, "sign_all", slow_the_first_time)
    claim = working_in_bulk.claim()
    assert claim is not None
    assert working_in_bulk.award_claimed(claim) == 0
    assert_each_has_one_badge(people)


def test_the_same_people_on_two_lists_at_once_are_awarded_once(
    key: IssuingKey, hand_in: Callable[..., BulkAward], people: list[Person], issuing_officer: Person
) -> None:
    lists = [hand_in(listed(people)) for _ in range(2)]
    at_once(
        4,
        lambda number: awarding_in_bulk.confirm(bulk_award=lists[number % 2], acting_person=issuing_officer).pk,
    )
    assert JournalLine.objects.filter(event="badge:bulk-award:confirmed").count() == 2
    assert sum(at_once(3, lambda _number: work_until_done())) == 10
    work_until_done()
    assert_each_has_one_badge(people)
    assert BulkRow.objects.filter(status="skipped").count() == 10


def test_two_days_on_two_lists_at_once_still_award_once(
    key: IssuingKey, hand_in: Callable[..., BulkAward], people: list[Person], issuing_officer: Person
) -> None:
    lists = [
        hand_in("person,earned_on\n" + "".join(f"{person.email},2026-05-0{day}\n" for person in people))
        for day in (4, 5)
    ]
    for bulk in lists:
        awarding_in_bulk.confirm(bulk_award=bulk, acting_person=issuing_officer)
    at_once(3, lambda _number: work_until_done())
    work_until_done()
    assert_each_has_one_badge(people)


def test_a_key_that_is_rotated_while_a_worker_signs_signs_nothing_old(
    key: IssuingKey, confirmed: Confirmed, people: list[Person], issuer: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(listed(people))
    sign_all, rotated = working_in_bulk.signing.sign_all, list[IssuingKey]()

    def rotated_meanwhile(*args: Any, **facts: Any) -> Any:
        signed = sign_all(*args, **facts)
        if not rotated:
            rotated.append(signing_keys.rotate(organisation=issuer, acting_person=None))
        return signed

    monkeypatch.setattr(working_in_bulk.signing, "sign_all", rotated_meanwhile)
    assert tasks.award_listed_people() == 0
    assert work_until_done() == 10
    new = rotated[0].public_multibase
    assert all(award.credential["proof"][0]["verificationMethod"].endswith(new) for award in Award.objects.all())
    assert_each_has_one_badge(people)
