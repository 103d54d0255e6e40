"""The journal keeps every line, in order, unchanged."""

from __future__ import annotations

import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DatabaseError

from conftest import switch_journal_triggers
from longleaf.directory.models import Person
from longleaf.journal import queries, recording, verifying
from longleaf.journal.errors import JournalNeedsTransaction, UnknownEvent
from longleaf.journal.models import JournalLine


class Event(models.TextChoices):
    TRIED = "test:journal:tried"


def write(subject: str = "test:1", actor: Person | None = None) -> JournalLine:
    with transaction.atomic():
        return recording.record(Event.TRIED, actor=actor, subject=subject, data={"n": 1, "text": "é"})


@pytest.mark.django_db
def test_it_chains_each_line_to_the_one_before(stranger: Person) -> None:
    first, second = write(actor=stranger), write()
    assert second.previous == first.digest
    assert second.number == first.number + 1
    assert (first.actor, first.actor_name) == (stranger.ref, stranger.name)
    assert second.actor_name == "Longleaf"
    assert verifying.verify() == verifying.Verification(second.number, second.digest, None)


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_write_outside_a_transaction() -> None:
    with pytest.raises(JournalNeedsTransaction):
        recording.record(Event.TRIED, actor=None, subject="test:1")


@pytest.mark.django_db
def test_it_refuses_an_event_that_no_one_named() -> None:
    with transaction.atomic(), pytest.raises(UnknownEvent):
        recording.record("made up", actor=None, subject="test:1")  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_line_is_gone_when_its_transaction_is_undone() -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            recording.record(Event.TRIED, actor=None, subject="test:undone")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert not queries.lines_about("test:undone").exists()
    assert verifying.verify().first_break is None


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_line(verb: str) -> None:
    line = write()
    rows = JournalLine.objects.filter(pk=line.pk)
    act = (lambda: rows.update(subject="other")) if verb == "update" else (lambda: rows._raw_delete(using="default"))
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        act()
    assert JournalLine.objects.get(pk=line.pk).subject == "test:1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (lambda rows: rows.filter(number=2).update(subject="test:other"), "was changed"),
        (lambda rows: rows.filter(number=2)._raw_delete(using="default"), "Line 2 is missing"),
        (lambda rows: rows.filter(number=3)._raw_delete(using="default"), "missing at the end"),
        (lambda rows: rows.filter(number=2).update(previous="0" * 64), "does not continue"),
    ],
)
def test_verifying_finds_what_somebody_changed_behind_the_triggers(tamper, says) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        write(f"test:{number}")
    switch_journal_triggers(on=False)
    tamper(JournalLine.objects)
    switch_journal_triggers(on=True)
    found = verifying.verify().first_break
    assert found is not None
    assert says in found.reason


@pytest.mark.django_db
def test_the_command_says_that_the_chain_holds(capsys: pytest.CaptureFixture[str]) -> None:
    write()
    call_command("journal", "verify")
    assert capsys.readouterr().out.startswith("The chain holds: ")


@pytest.mark.django_db
def test_the_command_fails_where_the_chain_breaks() -> None:
    write()
    switch_journal_triggers(on=False)
    JournalLine.objects.update(subject="test:other")
    switch_journal_triggers(on=True)
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify")
    assert ended.value.code == 1


@pytest.mark.django_db(transaction=True)
def test_lines_written_at_the_same_time_never_fork_the_chain() -> None:
    def write_ten() -> None:
        for _ in range(10):
            write()
        connection.close()

    threads = [threading.Thread(target=write_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = verifying.verify()
    assert (result.lines, result.first_break) == (40, None)
