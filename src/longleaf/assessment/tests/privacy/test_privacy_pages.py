"""The earner's page on people and tools, as four people; and what those who judge see and do not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment import completeness, tasks
from longleaf.assessment.evidence import writing
from longleaf.assessment.models import Artifact, Consent
from longleaf.assessment.privacy import consent, roster
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import seats_of, take_up
from longleaf.assessment.tests.privacy import factories

pytestmark = pytest.mark.django_db
PLACE = "Green folder of Ms Rivers"


@pytest.fixture
def attempt(state, issuer, items, educator):
    attempt = earner_cast.filled(factories.protected(state, issuer, items), educator)
    earner_cast.uploaded(attempt, "Maria Lopez.jpg", earner_cast.picture())
    return attempt


@pytest.fixture
def client(attempt, client_of):
    return client_of(attempt.earner)


def address(attempt, name="privacy", **more):
    return reverse(f"assessment:{name}", kwargs={"ref": attempt.ref, **more})


def shown(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "psu_officer", "stranger"])
def test_strangers_learn_nothing(attempt, who, request, client_of):
    factories.log(attempt)
    client = client_of(request.getfixturevalue(who))
    pages = [address(attempt), address(attempt, "consent-form"), address(attempt, "withdraw-consent", number=1)]
    assert {client.get(page).status_code for page in pages} | {
        client.post(page).status_code for page in pages[::2]
    } == {404}


def test_whoever_is_not_signed_in_is_asked_to(attempt, client_of):
    assert client_of(None).get(address(attempt)).status_code == 302


def test_the_page_is_walked_through_to_the_end(attempt, client):
    page = address(attempt)
    assert "4 things are still to be said here" in shown(client.get(page))

    def post(act, **fields):
        answer = client.post(page, {"act": act, **fields})
        assert answer.status_code == 302, answer.content.decode()
        return shown(client.get(page))

    assert "<mark>Maria Lopez</mark>" in post("names", names="Maria Lopez\nZed Young")
    text = post("consent", kind="guardian_form", given_on="2026-03-02", kept_where=PLACE)
    assert "Student 1" in text
    assert PLACE in text
    link, picture = factories.artifacts_of(attempt)
    post(f"shows:{link.pk}", **{f"shows-{link.pk}": ["nobody"]})
    post(f"shows:{picture.pk}", **{f"shows-{picture.pk}": ["1"]})
    text = post("tools:R3-text", **{"uses-R3-text": ["wording"], "words-R3-text": "A translator."})
    assert "No such tool for all 3" in text
    assert "For wording or translating: A translator." in text
    text = post("no-tools")
    assert "Kept of 3 pieces of your evidence: no such tool." in text
    assert "still to be said" not in text.lower()
    assert shown(client.get(address(attempt, "submit"))).count("name may stand in your evidence") == 1
    earner_cast.submit(attempt)
    assert "Nothing is asked of you here." in shown(client.get(page))


def test_that_a_shared_document_names_its_owner_is_said_where_a_link_is_added_and_before_handing_in(attempt, client):
    words = "A shared document shows its owner’s name to whoever opens it"
    pages = [address(attempt, name) for name in ("attempt", "privacy", "submit")]
    said = [shown(client.get(page)) for page in pages]
    assert [page.count(words) for page in said] == [1, 1, 1]
    assert f"Software does not open your link: {earner_cast.LINK}." in said[1]
    link, _ = factories.artifacts_of(attempt)
    writing.remove_artifact(artifact=link, acting_person=attempt.earner)
    # Where one may still be added it is said, and nowhere else.
    assert [shown(client.get(page)).count(words) for page in pages] == [1, 0, 0]


def test_a_class_list_is_taken_as_a_file(attempt, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("class.csv", "\ufeffFirst,Last\nZoë,O’Brien\n".encode(), "text/csv")
    client.post(address(attempt), {"act": "names", "names": "", "list": sent})
    assert roster.names_of(attempt) == ["Zoë", "O’Brien"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"act": "names", "names": "12 34 typed"[:5]}, "12 34"),
        ({"act": "consent", "kind": "", "given_on": "", "kept_where": "typed place"}, "typed place"),
        ({"act": "tools:R1-text", "uses-R1-text": ["none", "ideas"], "words-R1-text": "typed words"}, "typed words"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(attempt, client, fields, kept):
    text = shown(client.post(address(attempt), fields), 422)
    assert kept in text
    assert "Nothing was changed yet" in text


@pytest.mark.parametrize("act", ["", "what", "shows:zero", "no-name:x", "tools:R9"])
def test_an_act_that_makes_no_sense_is_refused(attempt, client, act):
    assert client.post(address(attempt), {"act": act}).status_code in {404, 409, 422}


def test_taking_consent_back_is_asked_once_more(attempt, client):
    factories.say_all(attempt)
    page = address(attempt, "withdraw-consent", number=1)
    assert "This cannot be undone." in shown(client.get(page))
    assert Consent.objects.get().withdrawn_at is None
    assert client.post(page).status_code == 302
    assert Consent.objects.get().withdrawn_at
    assert client.get(page).status_code == 404
    assert "At the wish of a person shown" in shown(client.get(address(attempt, "attempt")))


def test_the_form_to_print_holds_no_name(attempt, client):
    text = shown(client.get(address(attempt, "consent-form")))
    assert "This form stays at the school." in text
    sheet = text.partition('class="ll-sheet"')[2]
    assert not [word for word in ("Rivertown", "Erin", "Earner") if word in sheet.partition("<footer")[0]]


def test_the_page_asks_the_same_of_the_database_for_more_evidence(attempt, client):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(address(attempt))
        return len(asked)

    factories.say_all(attempt)
    earner_cast.uploaded(attempt, "a.pdf", factories.pdf_of("Maria"))
    tasks.read_arrived_files()
    roster.keep_roster(attempt=attempt, pasted="Maria", acting_person=attempt.earner)
    cost()
    before = cost()
    earner_cast.uploaded(attempt, "b.pdf", factories.pdf_of("Maria"))
    tasks.read_arrived_files()
    for _ in range(3):
        factories.log(attempt)
    assert cost() == before


@pytest.fixture
def read_by(attempt, lead_assessor, first_assessor, second_assessor):
    """Handed in with everything said, checked, and taken up by its first reader."""
    factories.say_all(attempt)
    Consent.objects.update(kept_where=PLACE)
    factories.say(attempt, "R1", "ideas", words="A chat tool for a first outline.")
    factories.say(attempt, "R2-2", "images", words="A tool took out the background.")
    roster.keep_roster(attempt=attempt, pasted="Maria Lopez", acting_person=attempt.earner)
    submission = earner_cast.submit(attempt)
    completeness.check(submission=submission, missing=[], note="", acting_person=lead_assessor)
    submission.refresh_from_db()
    return take_up(seats_of(submission)[0])


def test_a_reader_sees_what_was_said_of_tools_and_nothing_of_names_forms_and_people(read_by, client_of):
    client = client_of(read_by.rater)
    text = shown(client.get(f"/assess/read/{read_by.ref}/"))
    assert "For ideas: A chat tool for a first outline." in text
    assert "For images, sound or film: A tool took out the background." in text
    assert not [word for word in ("Maria", "Lopez", "Rivers", "Student 1", "green folder", "Erin") if word in text]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_away_is_out_of_a_readers_sight_at_once(read_by, attempt, client_of):
    client = client_of(read_by.rater)
    page, file = f"/assess/read/{read_by.ref}/", f"/assess/read/{read_by.ref}/files/R2-2/"
    for _ in range(2):
        assert "was taken away" not in shown(client.get(page))
        assert client.get(file).status_code == 200
    own = reverse("assessment:file", kwargs={"ref": attempt.ref, "artifact_id": Artifact.objects.get(link="").pk})
    assert client.get(own).status_code == 200
    consent.withdraw_consent(attempt=attempt, number=1, acting_person=attempt.earner)
    text = shown(client.get(page))
    assert text.count("was taken away at the wish of a person shown") == 2
    assert earner_cast.LINK not in text
    assert [client.get(each).status_code for each in (file, own)] == [404, 404]
    attempt.refresh_from_db()
    assert attempt.status == "in_review"
