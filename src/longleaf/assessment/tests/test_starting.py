"""Beginning an attempt."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from longleaf.assessment import starting, withdrawing
from longleaf.assessment.errors import AlreadyDemonstrated, AttemptsUsedUp, MayNotStart
from longleaf.assessment.models import Attempt, Response
from longleaf.assessment.queries import rounds_left
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.awards import issuing, revoking
from longleaf.awards.keys import signing_keys
from longleaf.catalog.errors import VersionNotOffered
from longleaf.journal.queries import lines_about
from tests import cast


def test_it_begins_with_a_response_for_each_requirement(version, educator):
    attempt = starting.start(version=version, acting_person=educator)
    codes = Response.objects.filter(submission__attempt=attempt, submission__round=1).values_list(
        "requirement", flat=True
    )
    assert (attempt.status, sorted(codes)) == (AttemptStatus.DRAFT, ["R1", "R2", "R3"])


def test_it_returns_the_attempt_that_is_under_way_and_writes_one_line(version, educator):
    first = starting.start(version=version, acting_person=educator)
    again = starting.start(version=version, acting_person=educator)
    lines = lines_about(f"attempt:{first.ref}").values_list("event", flat=True)
    assert (again, list(lines)) == (first, ["attempt:work:started"])


def test_it_goes_on_with_the_version_that_was_begun_on(state, issuer, version, educator):
    first = starting.start(version=version, acting_person=educator)
    newer = cast.publish(state, issuer, cast.make_document(summary="Said otherwise."))
    assert starting.start(version=newer, acting_person=educator) == first


@pytest.mark.parametrize("who", ["stranger", "designer", "lead_assessor", "psu_officer", "state_officer"])
def test_it_refuses_whoever_is_no_educator(who, version, request):
    with pytest.raises(MayNotStart):
        starting.start(version=version, acting_person=request.getfixturevalue(who))


def test_it_refuses_a_version_that_is_superseded(state, issuer, version, educator):
    cast.publish(state, issuer, cast.make_document(summary="Said otherwise."))
    with pytest.raises(VersionNotOffered):
        starting.start(version=version, acting_person=educator)


def test_it_refuses_what_was_demonstrated(version, educator):
    earner_cast.decided(version, educator, met=["A", "B"])
    with pytest.raises(AlreadyDemonstrated):
        starting.start(version=version, acting_person=educator)


def test_it_refuses_what_is_held_in_another_version(state, issuer, version, educator):
    earner_cast.decided(version, educator, met=["A", "B"])
    newer = cast.publish(state, issuer, cast.make_document(summary="Said otherwise."))
    with pytest.raises(AlreadyDemonstrated):
        starting.start(version=newer, acting_person=educator)


def test_it_refuses_what_was_awarded_by_a_list_until_it_is_revoked(version, educator, issuer, issuing_officer):
    signing_keys.create_key(organisation=issuer, acting_person=None)
    found = {"readers": 2, "blind": True, "criteria": [{"code": "A", "met": True, "level": "demonstrated"}]}
    facts = {"finding": found, "earned_at": timezone.now(), "acting_person": None}
    held = issuing.award(occasion="bulk:1", earner=educator, version=version, **facts)
    with pytest.raises(AlreadyDemonstrated):
        starting.start(version=version, acting_person=educator)
    revoking.revoke(award=held, reason="Another person was meant.", acting_person=issuing_officer)
    assert starting.start(version=version, acting_person=educator).version == version


def test_it_begins_anew_where_what_was_demonstrated_has_expired(state, issuer, educator):
    version = cast.publish(state, issuer, cast.make_document(expires_after_years=2))
    old = earner_cast.decided(version, educator, met=["A", "B"])
    with pytest.raises(AlreadyDemonstrated):
        starting.start(version=version, acting_person=educator)
    Attempt.objects.filter(pk=old.pk).update(decided_at="2020-01-01T12:00:00Z")
    assert starting.start(version=version, acting_person=educator) != old


def test_withdrawing_and_beginning_anew_gains_no_rounds(state, issuer, educator):
    version = cast.publish(state, issuer, cast.make_document(attempts=1))
    withdrawing.withdraw(attempt=earner_cast.decided(version, educator, met=["A"]), acting_person=educator)
    assert rounds_left(educator, version) == 0
    with pytest.raises(AttemptsUsedUp):
        starting.start(version=version, acting_person=educator)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_attempt(version, educator):
    begun, barrier = [], threading.Barrier(2)

    def click():
        barrier.wait()
        try:
            begun.append(starting.start(version=version, acting_person=educator).ref)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert begun == [Attempt.objects.get().ref] * 2
