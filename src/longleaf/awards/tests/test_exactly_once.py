"""Two workers, a killed worker, a double click: one occasion ends in one badge. Real threads, real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from longleaf.awards import issuing, tasks
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.status import AwardStatus
from longleaf.awards.tests.conftest import EARNED_AT, FINDING
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal import verifying as journal
from longleaf.journal.models import JournalLine

pytestmark = pytest.mark.django_db(transaction=True)

SOURCE = Path(__file__).resolve().parents[3]
START = """
import django
django.setup()
from longleaf.awards import issuing, tasks
from longleaf.awards.keys import signing_keys
"""
# A key store that takes its time, as a hardware module may: it says when it is asked, and answers only when it is let.
SLOW_KEY_STORE = """
import sys
real = signing_keys.signer_for
class Slow:
    def __init__(self, signer):
        self._signer = signer
        self.verification_method, self.moment = signer.verification_method, signer.moment
    def sign(self, data):
        print("signing", flush=True)
        sys.stdin.readline()
        return self._signer.sign(data)
signing_keys.signer_for = lambda organisation: Slow(real(organisation))
"""
WORK = "print(tasks.sign_queued_awards(), flush=True)"


def at_once(times: int, act: Callable[[int], Any]) -> list[Any]:
    def alone(number: int) -> Any:
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


@contextmanager
def process(script: str) -> Iterator[subprocess.Popen[str]]:
    """Another process on the very database of this test."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "longleaf.config.settings",
        "DATABASE_URL": address_of_database(),
        "LONGLEAF_PUBLIC_URL": settings.PUBLIC_URL,
        "LONGLEAF_WORK_IN_PROCESS": "no",
        "PYTHONPATH": str(SOURCE),
    }
    run = subprocess.Popen(
        [sys.executable, "-c", f"{START}\n{script}"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with run:
        yield run
        run.kill()


def address_of_database() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(found['NAME']).resolve()}"
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


def queue(educator: Person, version: Version, count: int) -> None:
    for number in range(count):
        issuing.queue_award(
            occasion=f"attempt:{number}",
            earner=educator,
            version=version,
            finding=FINDING,
            earned_at=EARNED_AT,
            acting_person=None,
        )


def issued_lines() -> int:
    return JournalLine.objects.filter(event="badge:award:issued").count()


def assert_all_issued_once(count: int) -> None:
    found = list(Award.objects.all())
    assert len(found) == count
    assert {award.status for award in found} == {AwardStatus.ISSUED}
    assert len({(award.status_list_id, award.status_index) for award in found}) == count
    assert StatusList.objects.count() == 1
    assert issued_lines() == count
    assert journal.verify().first_break is None


def test_eight_requests_at_once_award_once(key: IssuingKey, educator: Person, version: Version) -> None:
    def ask(_number: int) -> tuple[int, Any]:
        found = issuing.award(
            occasion="attempt:ATT-1",
            earner=educator,
            version=version,
            finding=FINDING,
            earned_at=EARNED_AT,
            acting_person=None,
        )
        return found.pk, found.status_index

    assert len(set(at_once(8, ask))) == 1
    assert_all_issued_once(1)


def test_the_first_badges_of_an_issuer_at_once_share_one_list(
    key: IssuingKey, educator: Person, version: Version
) -> None:
    def ask(number: int) -> None:
        issuing.award(
            occasion=f"attempt:{number}",
            earner=educator,
            version=version,
            finding=FINDING,
            earned_at=EARNED_AT,
            acting_person=None,
        )

    at_once(6, ask)
    assert_all_issued_once(6)


def test_workers_at_once_sign_each_award_once(key: IssuingKey, educator: Person, version: Version) -> None:
    queue(educator, version, 12)
    assert sum(at_once(4, lambda _number: tasks.sign_queued_awards())) == 12
    assert_all_issued_once(12)


def test_two_worker_processes_sign_each_award_once(key: IssuingKey, educator: Person, version: Version) -> None:
    queue(educator, version, 8)
    with process(WORK) as first, process(WORK) as second:
        done = [int(run.communicate(timeout=60)[0]) for run in (first, second)]
    assert sum(done) == 8
    assert_all_issued_once(8)


def test_a_worker_that_is_killed_while_it_signs_leaves_the_award_to_the_next(
    key: IssuingKey, educator: Person, version: Version
) -> None:
    queue(educator, version, 1)
    with process(SLOW_KEY_STORE + WORK) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "signing\n"
        doomed.send_signal(signal.SIGKILL)
        doomed.wait(timeout=10)
    waiting = Award.objects.get()
    assert (waiting.status, waiting.credential) == (AwardStatus.QUEUED, None)
    assert waiting.leased_until is not None
    assert (issued_lines(), StatusList.objects.count()) == (0, 0)
    # Its lease still runs: nobody knows yet that the worker is dead.
    assert tasks.sign_queued_awards() == 0
    Award.objects.update(leased_until=EARNED_AT)
    with process(WORK) as first, process(WORK) as second:
        done = [int(run.communicate(timeout=60)[0]) for run in (first, second)]
    assert sorted(done) == [0, 1]
    assert_all_issued_once(1)
    assert verifying.verify_award(Award.objects.get()).verdict is Verdict.VALID


def test_a_worker_that_was_only_slow_does_not_sign_what_another_has_signed(
    key: IssuingKey, educator: Person, version: Version
) -> None:
    queue(educator, version, 1)
    slow = issuing.claim_queued()
    assert slow is not None
    Award.objects.update(leased_until=EARNED_AT)
    assert tasks.sign_queued_awards() == 1
    signed = Award.objects.get()
    assert issuing.sign(award=slow).credential == signed.credential
    assert_all_issued_once(1)


def test_two_claims_at_once_never_get_the_same_award(key: IssuingKey, educator: Person, version: Version) -> None:
    queue(educator, version, 3)
    claimed = [award.pk for award in at_once(6, lambda _number: issuing.claim_queued()) if award is not None]
    assert sorted(claimed) == sorted(Award.objects.values_list("pk", flat=True))


def test_a_claim_that_comes_between_looking_and_leasing_wins(
    key: IssuingKey, educator: Person, version: Version
) -> None:
    queue(educator, version, 1)
    won: list[Any] = []

    def another_is_quicker(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and not won:
            won.extend(at_once(1, lambda _number: issuing.claim_queued()))
        return execute(sql, *rest)

    with connection.execute_wrapper(another_is_quicker):
        assert issuing.claim_queued() is None
    assert [award.pk for award in won] == [Award.objects.get().pk]


def test_two_signatures_at_once_become_one(key: IssuingKey, educator: Person, version: Version) -> None:
    """The second begins when the first has read that nothing is signed yet, and before it has signed."""
    queue(educator, version, 1)
    waiting = Award.objects.get()
    signed: list[Any] = []
    second = threading.Thread(target=lambda: signed.extend(at_once(1, lambda _number: issuing.sign(award=waiting))))

    def let_the_second_begin(execute: Any, sql: str, *rest: Any) -> Any:
        if "awards_issuingkey" in sql and not second.ident:
            second.start()
            second.join(timeout=1.0)
        return execute(sql, *rest)

    with connection.execute_wrapper(let_the_second_begin):
        first = issuing.sign(award=waiting)
    second.join(timeout=30)
    assert [award.credential for award in signed] == [first.credential]
    assert_all_issued_once(1)
