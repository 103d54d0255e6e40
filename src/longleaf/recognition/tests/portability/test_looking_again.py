"""Accepted badges are verified anew after a while: what was withdrawn is noted and told, a silent site says nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.awards.verification import visiting
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.recognition import ruling
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import (
    access,
    bringing,
    deciding,
    looking_again,
    reminding,
    sending,
    verifying_again,
)
from longleaf.recognition.portability.status import ImportStatus
from longleaf.recognition.tests.portability import shapes
from longleaf.recognition.tests.portability.test_deciding import TWO, WHY
from longleaf.reminders.models import Reminder
from longleaf.reminders.reminding import remind

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(sent: Any, educator: Any, psu_officer: Any, ruled: None) -> ImportedBadge:
    imported = sent(shapes.credly_like(educator.email), explanation="It is mine.")
    deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    return ImportedBadge.objects.get()


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def withdraw(elsewhere: Any, imported: ImportedBadge) -> None:
    address = imported.credential["id"]
    elsewhere.documents[address] = {**elsewhere.documents[address], "revoked": True, "revocationReason": "An error."}


def test_it_is_looked_at_after_the_days_of_the_state_and_once(accepted, state):
    assert looking_again.look_again(now=in_days(29)) == 0
    assert looking_again.look_again(now=in_days(31)) == 1
    accepted.refresh_from_db()
    assert (accepted.status, accepted.verdict) == (ImportStatus.ACCEPTED, "valid")
    assert looking_again.look_again(now=in_days(31.5)) == 0
    figures = {"verify_again_days": 90}
    ruling.set_practice(state=state, figures=figures, standing="synthetic", acting_person=None)
    assert looking_again.look_again(now=in_days(89)) == 0


def test_what_was_withdrawn_is_noted_and_its_earner_and_the_recognizer_are_told(
    accepted, elsewhere, educator, psu_officer
):
    withdraw(elsewhere, accepted)
    looking_again.look_again(now=in_days(31))
    accepted.refresh_from_db()
    assert (accepted.status, accepted.withdrawn_at is not None) == (ImportStatus.REVOKED, True)
    line = JournalLine.objects.get(event="import:badge:revoked")
    assert (line.subject, line.actor_name) == (f"import:{accepted.ref}", "Longleaf")
    assert {due.person for due in reminding.withdrawn(timezone.now())} == {educator.pk, psu_officer.pk}
    remind(now=timezone.now())
    assert Reminder.objects.filter(kind="badge-from-elsewhere-withdrawn", settled_at=None).count() == 2
    assert list(reminding.withdrawn(in_days(15))) == []


@pytest.mark.parametrize("was_sent", [True, False])
def test_officers_are_told_nothing_of_what_was_never_accepted(was_sent, sent, bring, ruled, elsewhere, educator):
    imported = (sent if was_sent else bring)(shapes.credly_like(educator.email))
    withdraw(elsewhere, imported)
    examined = visiting.examine(visitor="test", reader=educator, most_parts=20, material=bytes(imported.material))
    verifying_again.note_verification(imported=imported, examined=examined, acting_person=educator)
    assert ImportedBadge.objects.get().status == ImportStatus.REVOKED
    (due,) = reminding.withdrawn(timezone.now())
    assert (due.person, "cannot count" in due.says) == (educator.pk, True)


def test_a_site_that_is_silent_changes_nothing_and_is_asked_again_a_day_later(accepted, elsewhere):
    kept = dict(elsewhere.documents)
    elsewhere.documents.clear()
    before = (accepted.report, accepted.verdict, accepted.verified_at)
    assert looking_again.look_again(now=in_days(31)) == 1
    accepted.refresh_from_db()
    assert (accepted.report, accepted.verdict, accepted.verified_at) == before
    assert looking_again.look_again(now=in_days(31.5)) == 0
    elsewhere.documents |= kept
    withdraw(elsewhere, accepted)
    assert looking_again.look_again(now=in_days(32.5)) == 1
    accepted.refresh_from_db()
    assert accepted.status == ImportStatus.REVOKED


def test_a_few_are_looked_at_in_one_round_and_none_that_nobody_accepted(accepted, sent, educator, monkeypatch):
    sent(shapes.promise_like(educator.email, number=7, achievement="https://promise.example/7"))
    monkeypatch.setattr(looking_again, "AT_ONCE", 0)
    assert looking_again.look_again(now=in_days(60)) == 0
    monkeypatch.undo()
    assert looking_again._to_look_at(in_days(60)).count() == 1


def test_what_has_expired_keeps_what_it_counted_and_both_are_told(accepted, educator, psu_officer):
    today = timezone.localdate()
    ImportedBadge.objects.update(expires_on=today - timedelta(days=1))
    dues = list(reminding.expired(timezone.now()))
    assert {due.person for due in dues} == {educator.pk, psu_officer.pk}
    assert all("stays as it was decided" in due.says for due in dues)
    ImportedBadge.objects.update(expires_on=today)
    assert list(reminding.expired(timezone.now())) == []


def test_the_day_to_decide_by_is_the_states_in_its_business_days(sent, state, educator):
    figures = {"import_within": 1}
    ruling.set_practice(state=state, figures=figures, standing="synthetic", acting_person=None)
    soon = sent(shapes.promise_like(educator.email, number=3)).due_on
    assert timezone.localdate() < soon <= timezone.localdate() + timedelta(days=5)
    assert soon.weekday() < 5


def verified_again(imported: ImportedBadge, person: Any) -> ImportedBadge:
    examined = visiting.examine(visitor="test", reader=person, most_parts=20, material=bytes(imported.material))
    return verifying_again.note_verification(imported=imported, examined=examined, acting_person=person)


def restore(elsewhere: Any, imported: ImportedBadge) -> None:
    held = elsewhere.documents[imported.credential["id"]]
    elsewhere.documents[imported.credential["id"]] = {
        name: value for name, value in held.items() if not name.startswith("revo")
    }


def test_what_is_not_sent_any_more_is_its_earners_alone_also_once_it_is_withdrawn(
    sent, bring, ruled, elsewhere, educator, psu_officer
):
    shape = shapes.credly_like(educator.email)
    bringing.take_back(imported=sent(shape), acting_person=educator)
    again = bring(shape)
    withdraw(elsewhere, again)
    assert verified_again(again, educator).status == ImportStatus.REVOKED
    assert list(access.imports_seen_by(psu_officer)) == []
    assert not verifying_again.may_verify(psu_officer, again)


@pytest.mark.parametrize("was_sent", [True, False])
def test_what_was_withdrawn_in_error_before_anybody_decided_is_sent_as_for_the_first_time(
    was_sent, sent, bring, ruled, elsewhere, educator, psu_officer, client_of
):
    imported = (sent if was_sent else bring)(shapes.credly_like(educator.email))
    withdraw(elsewhere, imported)
    verified_again(imported, educator)
    restore(elsewhere, imported)
    held = verified_again(imported, educator)
    assert (held.status, held.verdict) == (ImportStatus.REVOKED, "valid")
    with pytest.raises(WrongState):
        sending.ask_again(imported=held, new_facts="It was an error.", acting_person=educator)
    page = client_of(educator).get(f"/elsewhere/badges/{held.ref}/").content.decode()
    assert ('value="send"' in page, 'value="again"' in page) == (True, False)
    found = sending.send(imported=held, explanation="It was an error.", acting_person=educator)
    assert (found.status, found.sent_at is not None) == (ImportStatus.WAITING, True)
    assert access.may_decide(psu_officer, found)
