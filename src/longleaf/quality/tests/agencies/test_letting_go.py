"""What goes of applications by itself, and what stays as long as an approval rests on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from longleaf.quality.agencies import applying, letting_go
from longleaf.quality.models import Document, Showing
from longleaf.quality.reviewing import deciding
from longleaf.quality.reviewing.handing_in import call_in_application
from longleaf.quality.status import Cause, Outcome
from longleaf.quality.tests.agencies import stage

LATER = timezone.localdate() + timedelta(days=400)


@pytest.fixture
def show_document(issuing_officer):
    def shown(application, name="plan.pdf", stored_as=""):
        stored_as = stored_as or default_storage.save(f"applications/{name}", ContentFile(b"A plan."))
        showing = Showing.objects.get(application=application, criterion="PROMISE-1")
        facts = {"media_type": "application/pdf", "size": 7, "sha256": "0" * 64, "added_by": issuing_officer}
        return Document.objects.create(showing=showing, name=name, stored_as=stored_as, **facts)

    return shown


def due(which, days):
    """What is due so many days from now, with a clock of none."""
    moment = timezone.now() + timedelta(days=days)
    return list(which(moment, timezone.localdate(moment)).order_by("pk"))


def test_what_was_given_up_goes_and_shared_bytes_stay(
    draft, issuer, issuing_officer, show_document, django_capture_on_commit_callbacks
):
    stage.show(draft, issuing_officer)
    document = show_document(draft)
    assert due(letting_go.given_up_due, 1) == []
    applying.give_up(application=draft, acting_person=issuing_officer)
    again = stage.show(stage.begin(issuer, issuing_officer), issuing_officer)
    shared = show_document(again, stored_as=document.stored_as)
    assert due(letting_go.given_up_due, -1) == []
    assert due(letting_go.given_up_due, 1) == [draft]
    with django_capture_on_commit_callbacks(execute=True):
        assert letting_go.let_showings_go([draft.pk], timezone.now()) == 1
    assert default_storage.exists(document.stored_as)
    assert list(Document.objects.all()) == [shared]
    assert due(letting_go.given_up_due, 1) == []
    draft.refresh_from_db()
    assert (draft.scope, draft.showings.count()) == ("", 0)


def test_documents_stay_as_long_as_an_approval_rests_on_them(
    criteria, reviewers, issuer, issuing_officer, state_officer, show_document, django_capture_on_commit_callbacks
):
    review = stage.read_all(stage.handed_in(issuer, issuing_officer))
    document = show_document(review.application)
    assert due(letting_go.documents_due, 1) == []
    facts = {"letter": "It was read.", "valid_until": LATER, "acting_person": state_officer}
    deciding.decide(review=review, outcome=Outcome.RECOGNISED, **facts)
    assert due(letting_go.documents_due, 399) == []
    assert due(letting_go.documents_due, 402) == [review.application]
    with django_capture_on_commit_callbacks(execute=True):
        assert letting_go.let_documents_go([review.application.pk], timezone.now()) == 1
    assert not default_storage.exists(document.stored_as)
    assert due(letting_go.documents_due, 402) == []
    review.refresh_from_db()
    assert stage.WORDS in str(review.design.document), "what was written and read stays with the decision"


def test_what_is_read_anew_keeps_its_documents(
    criteria, reviewers, issuer, issuing_officer, state_officer, show_document
):
    review = stage.read_all(stage.handed_in(issuer, issuing_officer), PROMISE_1="open")
    show_document(review.application)
    changes = {"PROMISE-1": "Name somebody."}
    facts = {"letter": "It was read.", "changes": changes, "acting_person": state_officer}
    deciding.decide(review=review, outcome=Outcome.RETURNED, **facts)
    assert due(letting_go.documents_due, 1) == [review.application]
    call_in_application(
        application=review.application, document=review.design.document, cause=Cause.AUDIT, acting_person=state_officer
    )
    assert due(letting_go.documents_due, 1) == []
