"""Background work goes in rounds; a chore that fails does not keep the others from their turn."""

from __future__ import annotations

import threading
from io import StringIO

from django.core.management import call_command

from longleaf.kit import working

HERE = "longleaf.kit.tests.test_working"
done: list[str] = []
stop = threading.Event()


def two_things() -> int:
    done.append("two")
    return 2


def fails() -> int:
    raise RuntimeError("the disk is full")


def one_thing() -> int:
    done.append("one")
    return 1


def last_round() -> int:
    done.append("round")
    if len(done) >= 3:
        stop.set()
    return 1


def test_a_round_runs_every_chore_and_counts(settings):
    settings.CHORES = [f"{HERE}.two_things", f"{HERE}.one_thing"]
    assert working.work_once() == 3


def test_a_failing_chore_is_logged_and_the_next_has_its_turn(settings, caplog):
    done.clear()
    settings.CHORES = [f"{HERE}.fails", f"{HERE}.one_thing"]
    assert working.work_once() == 1
    assert done == ["one"]
    assert "The chore fails failed" in caplog.text
    assert "the disk is full" in caplog.text


def test_rounds_go_on_until_they_are_stopped(settings, db):
    done.clear()
    stop.clear()
    settings.CHORES = [f"{HERE}.last_round"]
    working.work_until(stop)
    assert done == ["round"] * 3


def test_a_round_that_finds_nothing_rests_until_it_is_stopped(settings, db, monkeypatch):
    settings.CHORES = []
    resting = threading.Event()
    monkeypatch.setattr(resting, "wait", lambda seconds: resting.set())
    working.work_until(resting)
    assert resting.is_set()


def test_nothing_starts_by_itself_where_the_setting_says_no(settings):
    settings.WORK_IN_PROCESS = False
    before = {thread.name for thread in threading.enumerate()}
    working.start_in_process()
    assert {thread.name for thread in threading.enumerate()} == before


def test_the_command_runs_one_round_when_asked_to(settings):
    settings.CHORES = [f"{HERE}.two_things"]
    told = StringIO()
    call_command("work", "--once", stdout=told)
    assert told.getvalue() == "2 done.\n"


def test_every_chore_of_the_house_can_be_run(db):
    assert working.work_once() == 0
