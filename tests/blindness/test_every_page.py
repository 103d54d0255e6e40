"""Nobody who judges, and nobody who is judged, finds anywhere what `panels.blindness` keeps from them.

The pages are taken from the table of addresses and from what pages lead to, so one that is added tomorrow is asked
without being named here. All of it is one tour, which takes most of a minute; the tests look at what was found on it.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings

from conftest import FAST_HASHER
from longleaf.kit import keeping
from longleaf.panels.blindness import Fact
from longleaf.panels.leading import ratings_export
from longleaf.panels.leading.rated import rubrics_of
from tests.blindness.house import VISITED_AT, build
from tests.blindness.together import work_together
from tests.blindness.tour import Tour
from tests.blindness.visiting import patterns
from tests.blindness.words import Words

# None of the tests touches the database, but it has to be there for the tour.
pytestmark = pytest.mark.django_db

OFFICERS = "for those who issue, who keep licences, or who answer for the state; they neither judge nor are judged"
# Why nobody on the tour was answered: an address that was not opened and is missing here proves nothing.
OPENED_BY_NOBODY = {
    "account_logout": "leaving ends the tour",
    "account_reset_password_from_key": "asks for a key that is written to one person alone",
    "alarms:alarm": "no figure rings here",
    "assessment:upload": "speaks tus: answers HEAD and PATCH, and holds a number of bytes",
    "awards:bulk-award": OFFICERS,
    "awards:bulk-confirm": OFFICERS,
    "awards:bulk-discard": OFFICERS,
    "awards:bulk-report": OFFICERS,
    "awards:endorsement": "the state has endorsed nobody",
    "awards:evidence-file": "the badge tells of no file",
    "awards:installation-did": OFFICERS,
    "awards:installation-keys": OFFICERS,
    "awards:key-compromised": OFFICERS,
    "awards:key-create": OFFICERS,
    "awards:record": "the one badge is private, and a record of none is refused",
    "awards:report": "asks for an address to verify",
    "awards:revoke": OFFICERS,
    "calibration:anchors_as_before": "a rubric has to have changed",
    "calibration:mark_editorial": "a rubric has to have changed",
    "catalog:sample": "no design shows a file",
    "catalog:sample-file": "no design shows a file",
    "catalog:sample-withdraw": "no design shows a file",
    "catalog:stack": "there is no stack",
    "directory:verify": "asks for a key that is written to one person alone",
    "holds:end": OFFICERS,
    "holds:listed": OFFICERS,
    "journal": OFFICERS,
    "leading:pay": "the pool pays nothing",
    "leading:take_back": "the pool pays nothing",
    "mentoring:answer": "an empty form answers no comment",
    "monitoring:agencies": OFFICERS,
    "monitoring:agency": OFFICERS,
    "monitoring:csv": OFFICERS,
    "monitoring:json": OFFICERS,
    "people:rename": OFFICERS,
    "pool:answer": "an empty form names no membership",
    "pool:confirm": "nobody says what they know about",
    "pool:lead": "leads on to the one pool that there is",
    "pool:remove_absence": "an empty form names no absence",
    "pool:withdraw_conflict": "an empty form names no conflict",
    "policy:brief": OFFICERS,
    "policy:brief-paper": OFFICERS,
    "policy:compare": OFFICERS,
    "policy:draft": OFFICERS,
    "policy:draft-approve": OFFICERS,
    "policy:draft-drop": OFFICERS,
    "policy:draft-preview": OFFICERS,
    "policy:draft-publish": OFFICERS,
    "policy:draft-rule": OFFICERS,
    "policy:draft-save": OFFICERS,
    "policy:draft-text": OFFICERS,
    "policy:home": OFFICERS,
    "policy:lab": OFFICERS,
    "policy:lab-file": OFFICERS,
    "policy:labs": OFFICERS,
    "policy:text": OFFICERS,
    "policy:text-file": OFFICERS,
    "policy:withdraw": OFFICERS,
    "portability:decide": OFFICERS,
    "portability:file": "nobody has brought a badge from elsewhere",
    "portability:one": "nobody has brought a badge from elsewhere",
    "portability:precedents": OFFICERS,
    "portability:waiting": OFFICERS,
    "recognition:adopted": OFFICERS,
    "recognition:adoption-end": OFFICERS,
    "recognition:appeal": OFFICERS,
    "recognition:appeals": OFFICERS,
    "recognition:certificate": "no renewal policy is loaded, so nothing is certified",
    "recognition:certificate-paper": "no renewal policy is loaded, so nothing is certified",
    "recognition:certificate-verify": "no renewal policy is loaded, so nothing is certified",
    "recognition:check": OFFICERS,
    "recognition:desk": OFFICERS,
    "recognition:desk-approve": OFFICERS,
    "recognition:desk-request": OFFICERS,
    "recognition:export": OFFICERS,
    "recognition:ledger-of": OFFICERS,
    "recognition:licence-file": OFFICERS,
    "recognition:licence-file-discard": OFFICERS,
    "recognition:licence-file-record": OFFICERS,
    "recognition:licence-files": OFFICERS,
    "recognition:licence-wrong": "no license is on record",
    "recognition:licences-of": OFFICERS,
    "recognition:list": OFFICERS,
    "recognition:list-discard": OFFICERS,
    "recognition:list-record": OFFICERS,
    "recognition:lists": OFFICERS,
    "recognition:local-rules": OFFICERS,
    "recognition:plan": "no plan was written",
    "recognition:plan-write": "no plan was written",
    "recognition:request": "nobody has asked for credit",
    "recognition:request-appeal": "nobody has asked for credit",
    "recognition:request-document": "nobody has asked for credit",
    "recognition:request-document-remove": "nobody has asked for credit",
    "recognition:request-letter": "nobody has asked for credit",
    "recognition:request-withdraw": "nobody has asked for credit",
    "recognition:roster": OFFICERS,
    "recognition:state": OFFICERS,
    "recognition:values": OFFICERS,
    "rewards:ask": "nothing is offered",
    "rewards:due": OFFICERS,
    "rewards:due-csv": OFFICERS,
    "rewards:funding": OFFICERS,
    "rewards:give-up": "nothing was promised",
    "rewards:offer": "nothing is offered",
    "rewards:offer-end": OFFICERS,
    "rewards:offer-make": OFFICERS,
    "rewards:office": OFFICERS,
    "rewards:paid": OFFICERS,
    "rewards:payments": OFFICERS,
    "rewards:reverse": OFFICERS,
    "rewards:state": OFFICERS,
    "teams:answer": "nobody is asked any more",
}
# What is judged there is a design or an organisation, by people of its own; `test_reviews` is shown round there.
ANOTHER_JUDGEMENT = ("quality:", "applications:", "oversight:", "self_check:", "register:", "studio:")
# A rule of blindness proves nothing of a fact that nobody finds at all.
FOUND_BY = {
    Fact.SUBJECT_NAME: "earning",
    Fact.SUBJECT_ORGANISATION: "coach",
    Fact.OWN_FILE_NAMES: "lodging",
    Fact.RATER_NAMES: "checker",
    Fact.COMMENTS: "lodging",
}


@pytest.fixture(scope="module")
def tour(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """One tour for all tests, after which the database is as it was."""
    files = tmp_path_factory.mktemp("evidence")
    with django_db_blocker.unblock(), as_tests_run(files), transaction.atomic():
        keeping.forget()
        mail.outbox.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            house = build(Words(seed=1))
            work_together(house)
        found = Tour.of(house)
        # A letter is dated when it is put together, which is here.
        with time_machine.travel(VISITED_AT, tick=False):
            for message in mail.outbox:
                _read_mail(found, message)
        _run_commands(found)
        transaction.set_rollback(True)
    return found


def as_tests_run(files: Path) -> override_settings:
    return override_settings(
        MEDIA_ROOT=files,
        PASSWORD_HASHERS=FAST_HASHER,
        WORK_IN_PROCESS=False,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    )


def _read_mail(tour: Tour, message: Any) -> None:
    by_address = {person.email: name for name, person in tour.house.people.items()}
    for address in message.to:
        tour.reads(by_address[address], "mail", str(message.message()))


def _run_commands(tour: Tour) -> None:
    """What a lead may ask to have run: the ratings of a pool, for researchers."""
    output, pool = io.StringIO(), tour.house.organisations["ISSUER"]
    call_command("ratings", pool.code, stdout=output)
    for used in rubrics_of(pool):
        output.write(ratings_export.written(pool, used))
    tour.reads("coach", "command", output.getvalue())
    assert "rater" in output.getvalue()


def test_nobody_finds_what_is_kept_from_them(tour: Tour) -> None:
    assert sorted({str(leak) for leak in tour.leaks}) == []


@pytest.mark.parametrize(("fact", "name"), FOUND_BY.items())
def test_whoever_may_find_it_does(tour: Tour, fact: Fact, name: str) -> None:
    assert {word for word, secret in tour.oracle.secrets.items() if secret.fact is fact} & tour.found[name]


def test_no_page_falls_over(tour: Tour) -> None:
    assert tour.faults == []


def test_every_address_was_opened_by_somebody(tour: Tour) -> None:
    missed = {name for name in set(patterns()) - set(tour.opened) if not name.startswith(ANOTHER_JUDGEMENT)}
    # What is in one of the two alone is all that somebody who mends it has to read.
    assert sorted(missed ^ set(OPENED_BY_NOBODY)) == []
    assert {"mail", "command", "assessment:journal"} <= set(tour.opened)
