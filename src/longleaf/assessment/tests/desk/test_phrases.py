"""The comment bank: whose phrases are whose, what a desk offers, and that nothing tells where they were used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.desk import phrasing
from longleaf.assessment.desk.phrases import ANYTHING, About
from longleaf.assessment.errors import NoSuchDesk, NoSuchPhrase, UnusablePhrase
from longleaf.assessment.models import Phrase, Submission
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.panels.models import Assignment

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
NAMES_A_CHANGE = "Name one change that the learner can make."
SLUG = "feedback-that-moves-learning"


@pytest.fixture
def submission(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


@pytest.fixture
def seat(submission: Submission) -> Assignment:
    return take_up(seats_of(submission)[0])


def page(name: str, **where: Any) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def keep(person: Person, text: str = NAMES_A_CHANGE, about: About = ANYTHING, **more: Any) -> Phrase:
    return phrasing.keep(text=text, about=about, acting_person=person, **more)


def test_ones_own_phrases_are_nobody_elses(
    seat: Assignment, client_of: Signed, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    kept = keep(first_assessor)
    assert NAMES_A_CHANGE in client_of(first_assessor).get(page("read", ref=seat.ref)).content.decode()
    for person in (second_assessor, lead_assessor):
        client = client_of(person)
        assert NAMES_A_CHANGE not in client.get(page("phrases")).content.decode()
        assert client.get(page("phrase", ref=kept.ref)).status_code == 404
        for name in ("phrase", "remove_phrase", "use_phrase"):
            assert client.post(page(name, ref=kept.ref)).status_code == 404
    assert not JournalLine.objects.filter(event__startswith="pool:phrase").exists()


def test_a_desk_offers_what_is_for_its_micro_credential_the_most_used_first(
    seat: Assignment, client_of: Signed, first_assessor: Person
) -> None:
    keep(first_assessor, "For anything.")
    often = keep(first_assessor, "For A.", About(SLUG, "A"))
    Phrase.objects.create(owner=first_assessor, instrument="another", text="For something else.")
    client = client_of(first_assessor)
    assert client.post(page("use_phrase", ref=often.ref)).status_code == 204
    shown = client.get(page("read", ref=seat.ref)).content.decode()
    assert shown.index("For A.") < shown.index("For anything.")
    assert "For something else." not in shown
    assert 'data-phrase-for="A"' in shown


def test_a_lead_keeps_phrases_for_all_assessors_of_the_pool(
    seat: Assignment, issuer: Organisation, client_of: Signed, first_assessor: Person, lead_assessor: Person
) -> None:
    lead = client_of(lead_assessor)
    form = {"text": NAMES_A_CHANGE, "about": f"{SLUG}:A", "pool": issuer.slug}
    assert lead.post(page("phrases"), form).status_code == 302
    kept = Phrase.objects.get()
    assert (kept.pool, kept.owner, kept.instrument, kept.criterion) == (issuer, None, SLUG, "A")
    reader = client_of(first_assessor)
    assert NAMES_A_CHANGE in reader.get(page("read", ref=seat.ref)).content.decode()
    assert reader.post(page("use_phrase", ref=kept.ref)).status_code == 204
    assert reader.post(page("remove_phrase", ref=kept.ref)).status_code == 404
    assert reader.post(page("phrases"), form).status_code == 404
    changed = {"text": "Name one.", "about": ""}
    assert lead.post(page("phrase", ref=kept.ref), changed).status_code == 302
    assert lead.post(page("remove_phrase", ref=kept.ref)).status_code == 302
    told = JournalLine.objects.filter(event__startswith="pool:phrase").order_by("pk")
    assert [line.event for line in told] == ["pool:phrase:kept", "pool:phrase:changed", "pool:phrase:removed"]
    assert not Phrase.objects.exists()


def test_what_cannot_be_kept_stays_on_the_page_with_its_reason(
    seat: Assignment, client_of: Signed, first_assessor: Person, educator: Person
) -> None:
    client = client_of(first_assessor)
    empty = client.post(page("phrases"), {"text": " ", "about": ""})
    assert (empty.status_code, "Write the phrase." in empty.content.decode()) == (422, True)
    unknown = client.post(page("phrases"), {"text": "Kept on the page.", "about": "nowhere:Z"})
    assert (unknown.status_code, "Kept on the page." in unknown.content.decode()) == (422, True)
    with pytest.raises(UnusablePhrase):
        keep(first_assessor, "x" * 1_001)
    with pytest.raises(NoSuchDesk):
        keep(educator)
    assert client_of(educator).get(page("phrases")).status_code == 404
    with pytest.raises(NoSuchPhrase):
        phrasing.remove(phrase="PHR-NONE", acting_person=first_assessor)


def test_pages_cost_the_same_however_many_phrases_there_are(
    seat: Assignment, client_of: Signed, first_assessor: Person
) -> None:
    client, costs = client_of(first_assessor), []
    for count in (1, 4):
        while Phrase.objects.count() < count:
            keep(first_assessor, f"Phrase {Phrase.objects.count()}.", About(SLUG, "A"))
        with CaptureQueriesContext(connection) as asked:
            client.get(page("phrases"))
            client.get(page("read", ref=seat.ref))
        costs.append(len(asked))
    assert costs[0] == costs[1]
