"""Work in one of several languages goes to those who read it, in every round."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment import retrying, submitting
from longleaf.assessment.errors import NotReady
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.privacy import looked
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import send_to_panel
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal.queries import lines_about
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def attempt(state: State, issuer: Organisation, educator: Person) -> Attempt:
    version = cast.publish(state, issuer, cast.make_document(further_languages=["es"]))
    attempt = earner_cast.filled(version, educator)
    earner_cast.look_through(attempt)
    return attempt


def submit(attempt: Attempt, language: str = "") -> Submission:
    return submitting.submit(
        submission=current_submission(attempt),
        statements=earner_cast.BOTH,
        badge_evidence=[],
        language=language,
        acting_person=attempt.earner,
    )


@pytest.mark.parametrize("language", ["", "fr"])
def test_it_is_asked_for_where_there_are_several(attempt: Attempt, language: str) -> None:
    with pytest.raises(NotReady) as refusal:
        submit(attempt, language)
    assert list(refusal.value.fields) == ["language"]


def test_the_panel_is_asked_for_it_and_later_rounds_keep_it(
    attempt: Attempt, lead_assessor: Person, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    submission = send_to_panel(submit(attempt, "es"), lead_assessor)
    assert submission.panel
    assert submission.panel.language == "es"
    line = lines_about(f"attempt:{attempt.ref}").get(event="attempt:submission:submitted")
    assert line.data["language"] == "es"
    attempt.refresh_from_db()
    earner_cast.decide(attempt, met=[])
    opened = retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    earner_cast.look_through(attempt)
    assert (opened.language, submit(attempt).language) == ("es", "es")


def test_the_page_asks_and_tells(attempt: Attempt, client_of: Signed) -> None:
    client, where = client_of(attempt.earner), reverse("assessment:submit", kwargs={"ref": attempt.ref})
    ticked = [each.artifact.pk for each in looked.to_look_through(work_on(attempt))]
    said = {"statements": list(earner_cast.BOTH), "looked": ticked}
    refused = client.post(where, said)
    shown = refused.content.decode()
    assert (refused.status_code, 'href="#id_language"' in shown, 'id="id_language"' in shown) == (422, True, True)
    assert "In which language is it?" in shown
    told = client.post(where, {**said, "language": "es"}, follow=True).content.decode()
    assert "Handed in in Spanish" in told


def test_one_language_is_not_asked_for(state: State, issuer: Organisation, educator: Person, client_of: Signed) -> None:
    attempt = earner_cast.filled(cast.publish(state, issuer, cast.make_document()), educator)
    page = client_of(educator).get(reverse("assessment:submit", kwargs={"ref": attempt.ref})).content.decode()
    assert "In which language is it?" not in page
    earner_cast.look_through(attempt)
    assert submit(attempt).language == ""
