"""The pages of applications: from the first letter to the register, by the criteria of two states."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from longleaf.panels.instruments import criteria_to_rate
from longleaf.quality import deciding
from longleaf.quality.agencies.criteria import areas_of
from longleaf.quality.models import Application, Document, Instrument, Review
from longleaf.quality.status import Outcome
from longleaf.quality.tests.agencies import stage
from tests import cast

HOME = "/quality/applications/"
ONE_OF_THEM = "One at least: words, an address or a document."


def picture(name="charter.png"):
    content = BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="text/html")


def read(response):
    return unescape(response.content.decode())


@pytest.fixture
def officer(client_of, issuing_officer):
    return client_of(issuing_officer)


@pytest.fixture
def handed_in(criteria, reviewers, issuer, issuing_officer):
    return stage.handed_in(issuer, issuing_officer)


@pytest.mark.parametrize(("state_name", "number"), [("nc", 46), ("example", 2)])
def test_the_criteria_of_two_states_run_by_their_data_alone(
    state_name, number, state, issuer, reviewers, officer, client_of, state_officer, client
):
    stage.publish(state, stage.of_pack(state_name))
    assert "Application to issue for Prairie Institute" in read(officer.get(HOME))
    at = officer.post(f"{HOME}begin/", {"organisation": "ISSUER", "judged_as": "agency"})["Location"]
    assert f"of {number}" in read(officer.get(at))
    unfinished = officer.post(f"{at}submit/", {"note": "Kept."})
    assert unfinished.status_code == 422
    assert "Say what you ask to be approved for." in read(unfinished)
    assert "Kept." in read(unfinished)
    assert officer.post(at, {"scope": "Feedback.", "revision-scope": "0"}).status_code == 302
    areas = areas_of(Instrument.objects.get().document)
    for area in areas:
        typed = {f"text-{each.code}": stage.WORDS for each in area.criteria}
        assert officer.post(f"{at}areas/{area.code}/", {**typed, "action": "next"}).status_code == 302
    assert stage.WORDS in read(officer.get(f"{at}preview/"))
    answer = officer.post(f"{at}submit/", {"note": "Our first."})
    review = Review.objects.get()
    assert answer["Location"] == f"/quality/reviews/{review.ref}/"
    assert stage.WORDS in read(officer.get(answer["Location"]))
    _read_by_page(review, client_of)
    letter = _decide_by_page(review, client_of(state_officer))
    assert "Prairie Institute" in read(officer.get(letter))
    assert "approved" in read(officer.get(letter))
    register = read(client.get("/register/organizations/"))
    assert "Prairie Institute" in register
    assert "Approved" in register
    assert "Feedback." in read(client.get("/register/organizations/prairie-institute/"))
    (entry,) = client.get("/register/organizations.json").json()["entries"]
    assert (entry["organization"], entry["status"]) == ("ISSUER", "recognised")
    assert "Approved to issue" in read(client.get("/catalog/issuers/prairie-institute/"))
    assert "Prairie Institute as an issuer" in read(client.get("/register/feed.atom"))


def test_a_criterion_that_has_to_be_shown_says_so_and_says_at_once_that_it_is(state, issuer, issuing_officer, officer):
    stage.publish(state)
    draft = stage.begin(issuer, issuing_officer)
    (area, *_) = areas_of(draft.instrument.document)
    asked, left_open = (each.code for each in area.criteria)
    page = read(officer.get(f"{HOME}{draft.ref}/areas/{area.code}/"))
    (before, after) = page.split(f'id="criterion-{left_open}"')
    assert ">optional<" not in before
    assert ONE_OF_THEM in before
    assert after.count(">optional<") == 2
    assert ONE_OF_THEM not in after
    at = f"{HOME}{draft.ref}/criteria/{asked}/shown/"
    assert f'hx-get="{at}"' in before
    assert "Nothing shown yet" in read(officer.get(at))
    sent = {"text": stage.WORDS, "revision": "0"}
    assert officer.post(f"{HOME}{draft.ref}/save/{asked}/text/", sent).status_code == 200
    told = read(officer.get(at))
    assert "Nothing shown yet" not in told
    assert f"1 of {len(area.criteria)} shown" in told
    assert officer.get(f"{HOME}{draft.ref}/criteria/none/shown/").status_code == 404


def _read_by_page(review, client_of):
    for seat in stage.seats(review):
        client, at = client_of(seat.rater), f"/quality/readings/{seat.ref}/"
        assert "I do not work for this organization" in read(client.get(at))
        client.post(f"{at}take-up/", {"declared": "yes"})
        page = read(client.get(at))
        assert "Words of the application" in page
        best = review.instrument.document["levels"][-1]["code"]
        codes = [each.code for each in criteria_to_rate(seat.panel)]
        typed = {f"level-{code}": best for code in codes} | {f"quote-{code}": stage.WORDS for code in codes}
        assert client.post(at, {**typed, "action": "hand_in"}).status_code == 302


def _decide_by_page(review, client):
    at = f"/quality/reviews/{review.ref}/decide/"
    assert "Approved for" in read(client.get(at))
    until = (timezone.localdate() + timedelta(days=900)).isoformat()
    typed = {"outcome": "recognised", "letter": "Well shown.", "valid_until": until, "scope": "Feedback."}
    answer = client.post(at, {**typed, "action": "decide"})
    assert answer.status_code == 302, read(answer)
    return answer["Location"]


def test_who_gets_which_page(
    handed_in, client_of, issuing_officer, designer, state_officer, psu_officer, educator, reviewers
):
    application = handed_in.application
    people = {
        "officer": issuing_officer, "designer": designer, "state": state_officer, "other": psu_officer,
        "reviewer": reviewers[0],
    }  # fmt: skip
    told = {
        f"{HOME}{application.ref}/": {"officer": 200, "designer": 404, "state": 404, "other": 404, "reviewer": 404},
        f"/quality/reviews/{handed_in.ref}/": {
            "officer": 200, "designer": 404, "state": 200, "other": 404, "reviewer": 404,
        },
        f"{HOME}{application.ref}/preview/": {"officer": 200, "designer": 404, "state": 404, "other": 404},
    }  # fmt: skip
    for at, expected in told.items():
        assert client_of(None).get(at).status_code == 302
        found = {name: client_of(people[name]).get(at).status_code for name in expected}
        assert found == expected, at


def test_a_document_is_cleaned_told_by_its_content_and_handed_out_as_a_file(
    draft, issuing_officer, officer, client_of, reviewers, state_officer, educator
):
    stage.show(draft, issuing_officer)
    at = f"{HOME}{draft.ref}/"
    place = f"{at}criteria/PROMISE-1/documents/"
    wrong = officer.post(place, {"file": SimpleUploadedFile("charter.png", b"<html>")})
    assert wrong.status_code == 422
    assert "not what its name says" in read(wrong)
    assert officer.post(place, {}).status_code == 422
    assert officer.post(place, {"file": picture()}).status_code == 302
    document = Document.objects.get()
    assert (document.media_type, document.name) == ("image/png", "charter.png")
    review = stage.submitting.submit(application=draft, acting_person=issuing_officer)
    seat = stage.seats(review)[0]
    readers = f"{HOME}readings/{seat.ref}/documents/{document.ref}/"
    other = next(each for each in reviewers if each != seat.rater)
    for person, where, status in [
        (issuing_officer, f"{at}documents/{document.ref}/", 200),
        (state_officer, f"{at}documents/{document.ref}/", 200),
        (educator, f"{at}documents/{document.ref}/", 404),
        (seat.rater, readers, 200),
        (other, readers, 404),
    ]:
        answer = client_of(person).get(where)
        assert answer.status_code == status, (person.name, where)
        if status == 200:
            assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
            assert answer["Content-Disposition"] == 'attachment; filename="charter.png"'
            assert "sandbox" in answer["Content-Security-Policy"]
    # It is frozen with the application, and stays when a review has read it.
    assert officer.post(f"{at}documents/{document.ref}/remove/").status_code == 409
    officer.post(f"/quality/reviews/{review.ref}/take-back/")
    assert officer.post(f"{at}documents/{document.ref}/remove/").status_code == 302
    assert Document.objects.get().removed_at
    assert "charter.png" not in read(officer.get(f"{at}areas/people/"))


def test_a_document_small_enough_to_be_sent_in_memory_is_cleaned_as_any(draft, officer):
    page = BytesIO()
    Image.new("RGB", (60, 80), "white").save(page, "PDF")
    sent = SimpleUploadedFile("charter.pdf", page.getvalue(), content_type="application/pdf")
    answer = officer.post(f"{HOME}{draft.ref}/criteria/PROMISE-1/documents/", {"file": sent})
    assert answer.status_code == 302
    assert Document.objects.get().media_type == "application/pdf"


def test_each_field_is_saved_as_it_is_typed_and_two_pages_lose_nothing(draft, officer):
    at = f"{HOME}{draft.ref}/"
    saved = officer.post(f"{at}save/PROMISE-1/text/", {"text": "One two.", "revision": "0"}).json()
    assert (saved["revision"], saved["words"]) == (1, 2)
    stale = officer.post(f"{at}save/PROMISE-1/text/", {"text": "Other.", "revision": "0"})
    assert (stale.status_code, stale.json()["text"]) == (409, "One two.")
    assert officer.post(f"{at}save/PROMISE-1/nothing/", {"text": "x"}).status_code == 404
    assert officer.post(f"{at}save/scope/", {"text": "All.", "revision": "0"}).json()["revision"] == 1
    clash = officer.post(f"{at}areas/people/", {"text-PROMISE-1": "Mine.", "revision-text-PROMISE-1": "0"})
    assert clash.status_code == 409
    assert "Mine." in read(clash)
    assert "One two." in read(clash)
    assert officer.post(f"{at}give-up/").status_code == 302
    assert Application.objects.get().status == "given_up"


def test_an_officer_suspends_an_approval_on_a_page_and_the_register_says_why(
    state, agency, criteria, issuer, reviewers, client_of, state_officer, educator, client
):
    deciding.record_decision(
        state=state, decided_by=agency, organisation=issuer, instrument=criteria, outcome=Outcome.RECOGNISED,
        valid_from=cast.SINCE, acting_person=None,
    )  # fmt: skip
    at, report = (
        "/quality/oversight/organizations/prairie-institute/agency/",
        "/register/organizations/prairie-institute/",
    )
    officer = client_of(state_officer)
    assert at in read(officer.get(report))
    assert at not in read(client.get(report))
    assert client_of(educator).get(at).status_code == 404
    assert officer.get(at.replace("agency/", "design/")).status_code == 404
    assert officer.post(at, {"action": "suspend", "reason": ""}).status_code == 422
    assert officer.post(at, {"action": "suspend", "reason": "No readers."}).status_code == 302
    page = read(client.get(report))
    assert "Approval suspended" in page
    assert "No readers." in page
    assert "Proposed" in page or "Synthetic" in page


def test_the_register_asks_as_many_questions_for_many_organisations_as_for_two(state, agency, criteria, stage, client):
    def asked():
        client.get("/register/organizations/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/register/organizations/")
        return len(queries)

    def approve(*codes):
        for code in codes:
            deciding.record_decision(
                state=state, decided_by=agency, organisation=stage["organisations"][code], instrument=criteria,
                outcome=Outcome.RECOGNISED, valid_from=cast.SINCE, acting_person=None,
            )  # fmt: skip

    approve("ISSUER", "D1")
    few = asked()
    approve("AGENCY", "D2")
    assert asked() == few
