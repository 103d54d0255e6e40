"""Letters about badges from elsewhere: none is lost, and none goes out twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from longleaf.recognition.models import ImportDecision
from longleaf.recognition.portability import deciding, tasks, telling
from longleaf.recognition.tests.portability import shapes
from longleaf.recognition.tests.portability.test_deciding import TWO, WHY

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def letter_waits(sent, educator, psu_officer, ruled) -> Any:
    educator.is_synthetic = False
    educator.save()
    imported = sent()
    deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=psu_officer)
    return imported


def test_a_letter_goes_out_once_and_tells_no_reason(letter_waits) -> None:
    assert (tasks.write_to_earners(), tasks.write_to_earners()) == (1, 0)
    (letter,) = mail.outbox
    assert letter_waits.ref in letter.body
    assert f"/elsewhere/badges/{letter_waits.ref}/" in letter.body
    assert WHY not in letter.body


def test_a_letter_whose_worker_dies_is_sent_by_another_when_its_time_is_over(letter_waits, monkeypatch) -> None:
    now = timezone.now()

    def killed(*_args: Any, **_options: Any) -> int:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(telling, "send_mail", killed)
        with pytest.raises(SystemExit):
            telling.write_to_earners(now=now)
    assert telling.write_to_earners(now=now + timedelta(minutes=1)) == 0
    assert telling.write_to_earners(now=now + timedelta(hours=2)) == 1
    assert telling.write_to_earners(now=now + timedelta(days=1)) == 0
    assert [letter_waits.ref in letter.body for letter in mail.outbox] == [True]


def test_a_letter_that_a_mail_server_does_not_take_is_no_sent_letter_and_stops_no_other(
    letter_waits, sent, educator, psu_officer, settings
) -> None:
    now, working = timezone.now(), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 9
    assert telling.write_to_earners(now=now) == 0
    assert not ImportDecision.objects.filter(told_at__isnull=False).exists()
    settings.EMAIL_BACKEND = working
    later = sent(shapes.promise_like(educator.email, number=2, achievement="https://promise.example/2"))
    deciding.ask(imported=later, question="How long?", acting_person=psu_officer)
    assert telling.write_to_earners(now=now + timedelta(minutes=1)) == 1
    assert telling.write_to_earners(now=now + timedelta(hours=2)) == 1
    assert [ref for letter in mail.outbox for ref in (letter_waits.ref, later.ref) if ref in letter.body] == [
        later.ref,
        letter_waits.ref,
    ]


def test_nobody_without_a_mailbox_is_written_to(letter_waits, educator) -> None:
    educator.is_synthetic = True
    educator.save()
    assert tasks.write_to_earners() == 0
    assert (mail.outbox, ImportDecision.objects.filter(told_at__isnull=True).count()) == ([], 0)
