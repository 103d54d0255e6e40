"""What is kept is kept until the next decision or the end of the day, and never within a transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from longleaf.directory.events import Event
from longleaf.journal.queries import latest_digest
from longleaf.journal.recording import record
from longleaf.kit import keeping

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counted() -> Callable[[], int]:
    """Gives 1 the first time, 2 the second, and so on."""
    return iter(range(1, 100)).__next__


def decide() -> None:
    with transaction.atomic():
        record(Event.ROLE_GIVEN, actor=None, subject="person:PER-1")


def test_it_is_made_once_between_two_decisions(counted: Callable[[], int]) -> None:
    assert [keeping.as_decided("it", make=counted) for _ in range(3)] == [1, 1, 1]
    decide()
    assert [keeping.as_decided("it", make=counted) for _ in range(2)] == [2, 2]


def test_each_key_is_kept_for_itself(counted: Callable[[], int]) -> None:
    assert keeping.as_decided("it", 1, make=counted) == 1
    assert keeping.as_decided("it", 2, make=counted) == 2
    assert keeping.as_decided("it", 1, make=counted) == 1


def test_nothing_is_kept_beyond_the_day(counted: Callable[[], int]) -> None:
    with time_machine.travel("2027-03-04T23:59:50-05:00", tick=False) as clock:
        assert keeping.as_decided("it", make=counted) == 1
        clock.shift(20)
        assert keeping.as_decided("it", make=counted) == 2


def test_what_never_changes_outlives_decisions(counted: Callable[[], int]) -> None:
    assert keeping.for_ever("it", make=counted) == 1
    decide()
    assert keeping.for_ever("it", make=counted) == 1


def test_a_transaction_takes_nothing_and_leaves_nothing(counted: Callable[[], int]) -> None:
    assert keeping.as_decided("it", make=counted) == 1
    with transaction.atomic():
        assert keeping.as_decided("it", make=counted) == 2
        assert keeping.for_ever("other", make=counted) == 3
    assert keeping.as_decided("it", make=counted) == 1
    assert keeping.for_ever("other", make=counted) == 4


def test_whoever_works_on_templates_sees_each_change(counted: Callable[[], int], settings: Any) -> None:
    settings.DEBUG = True
    assert [keeping.for_ever("it", make=counted) for _ in range(2)] == [1, 2]


def test_one_look_asks_once_and_again_after_a_decision_of_its_own() -> None:
    asked: list[str] = []

    def listen(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, params, many, context)

    with keeping.one_look(), connection.execute_wrapper(listen):
        before = keeping.revision()
        assert keeping.revision() == before
        assert len(asked) == 1
        decide()
        assert keeping.revision() != before


def test_the_revision_changes_with_every_decision_and_never_comes_again() -> None:
    seen = [latest_digest()]
    for _ in range(3):
        decide()
        seen.append(latest_digest())
    assert len(set(seen)) == 4


def test_none_is_a_value_like_any_other(counted: Callable[[], int]) -> None:
    made: list[int] = []
    for _ in range(2):
        assert keeping.as_decided("nothing", make=lambda: made.append(1)) is None
    assert made == [1]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> keeping.Shelf:
    monkeypatch.setattr(keeping, "MOST_ENTRIES", 3)
    monkeypatch.setattr(keeping, "MOST_CHARACTERS", 100)
    return keeping.Shelf()


def test_the_longest_unused_is_let_go_first(shelf: keeping.Shelf) -> None:
    for name in "abc":
        shelf.put(name, name)
    assert shelf.get("a") == ("a",)
    shelf.put("d", "d")
    assert [bool(shelf.get(name)) for name in "abcd"] == [True, False, True, True]


def test_long_texts_make_room_for_each_other(shelf: keeping.Shelf) -> None:
    shelf.put("a", "a" * 60)
    shelf.put("b", "b" * 60)
    assert shelf.get("a") is None
    assert shelf.get("b") == ("b" * 60,)
    shelf.put("page", object(), size=90)
    assert len(shelf) == 1


def test_what_was_mended_by_hand_is_noticed_in_the_end() -> None:
    seconds = [0.0]
    shelf = keeping.Shelf(clock=lambda: seconds[0])
    shelf.put("a", "old")
    seconds[0] = keeping.MOST_SECONDS - 1
    assert shelf.get("a") == ("old",)
    seconds[0] = keeping.MOST_SECONDS + 1
    assert shelf.get("a") is None


def test_many_threads_share_a_shelf(shelf: keeping.Shelf) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for number in range(2_000):
                shelf.put(number % 7, str(number))
                shelf.get(number % 5)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(shelf) <= 3
