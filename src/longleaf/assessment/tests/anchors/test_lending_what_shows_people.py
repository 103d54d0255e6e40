"""Work that shows people is lent only where their consent covers it, and no longer than that stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment.anchors import anchoring
from longleaf.assessment.errors import ConsentNotWelcome, EvidenceGone, NotLent
from longleaf.assessment.models import Submission
from longleaf.assessment.privacy import consent
from longleaf.assessment.privacy.forms_of_consent import forms_for
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import read, seats_of, send_to_panel
from longleaf.assessment.tests.privacy import factories
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal.queries import lines_about
from longleaf.panels.models import Anchor
from longleaf.panels.status import AnchorStatus, AnchorUse

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def decided(
    state: State,
    issuer: Organisation,
    items: dict[str, Any],
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    """A decided round whose link shows one person."""
    attempt = earner_cast.filled(factories.protected(state, issuer, items), educator)
    factories.say_all(attempt)
    submission = send_to_panel(earner_cast.submit(attempt), lead_assessor)
    for seat in seats_of(submission):
        read(seat)
    submission.refresh_from_db()
    assert submission.decided_at
    return submission


def test_it_is_lent_with_the_word_that_consent_covers_it(
    decided: Submission, educator: Person, client_of: Signed
) -> None:
    with pytest.raises(ConsentNotWelcome):
        anchoring.lend(submission=decided, acting_person=educator)
    page, verb = (reverse(f"assessment:{name}", kwargs={"ref": decided.attempt.ref}) for name in ("decision", "lend"))
    client = client_of(educator)
    assert "Each of them agreed to that" in client.get(page).content.decode()
    refused = client.post(verb, {"act": "lend"}, follow=True).content.decode()
    assert "It was not lent: people can be recognized in it." in refused
    decided.refresh_from_db()
    assert decided.lent_at is None
    lent = client.post(verb, {"act": "lend", "covers_training": "yes"}, follow=True).content.decode()
    assert "It is shown without your name." in lent
    assert "Each of them agreed to that" not in lent
    decided.refresh_from_db()
    assert decided.lent_at


def test_when_consent_is_taken_back_the_loan_ends_and_its_anchors_go(
    decided: Submission, educator: Person, lead_assessor: Person
) -> None:
    anchoring.lend(submission=decided, consent_covers_training=True, acting_person=educator)
    anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    consent.withdraw_consent(attempt=decided.attempt, number=1, acting_person=educator)
    decided.refresh_from_db()
    assert (decided.lent_at, Anchor.objects.get().status) == (None, AnchorStatus.RETIRED)
    told = [line.event for line in lines_about(f"attempt:{decided.attempt.ref}")]
    assert told.count("attempt:evidence:loan-ended") == 1
    with pytest.raises(NotLent):
        anchoring.anchor_lent(submission=decided, title="T", use=AnchorUse.UNSEEN, acting_person=lead_assessor)
    with pytest.raises(EvidenceGone, match="at the wish of a person shown"):
        anchoring.lend(submission=decided, consent_covers_training=True, acting_person=educator)


def test_every_form_asks_for_it(decided: Submission) -> None:
    for form in forms_for(decided.attempt):
        assert any("people who learn to judge" in question["text"] for question in form.questions), form.label
