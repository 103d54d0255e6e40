"""The page on which evidence is gathered: without scripts, with autosave, and when something is wrong."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.models import Artifact, CompletenessCheck, Response
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast


@pytest.fixture
def attempt(version, educator):
    return earner_cast.started(version, educator)


@pytest.fixture
def client(attempt, client_of):
    return client_of(attempt.earner)


def address(attempt, name="attempt", **more):
    return reverse(f"assessment:{name}", kwargs={"ref": attempt.ref, **more})


def kept(attempt):
    return dict(Response.objects.filter(submission__attempt=attempt).values_list("requirement", "text"))


def typed(**more):
    return {
        "page": "p1",
        "text-R1": "My plan.",
        "revision-R1": "0",
        "text-R3": "It changed.",
        "revision-R3": "0",
        **more,
    }


def autosave(client, attempt, text, revision, requirement="R1", page=""):
    where = address(attempt, "autosave", requirement=requirement) + (f"?page={page}" if page else "")
    return client.post(where, {"text": text, "revision": revision}, headers={"Accept": "application/json"})


def test_it_shows_every_requirement_with_its_fields(client, attempt):
    page = client.get(address(attempt)).content.decode()
    for expected in (
        "Say what you will look for.",
        "The plan names a learning aim.",
        "Names what to change and how.",
        'id="id_text-R1"',
        'data-min-words="5" data-max-words="200"',
        f'data-autosave-url="{address(attempt, "autosave", requirement="R1")}?page=',
        f'data-tus-url="{address(attempt, "uploads")}"',
        'id="artifacts-R2"',
        'name="link-R2"',
    ):
        assert expected in page
    assert 'name="text-R2"' not in page
    assert 'name="file-R1"' not in page


def test_no_page_carries_scripts_or_styles_of_its_own(client, attempt):
    for name in ("attempt", "preview", "submit", "history", "withdraw"):
        page = client.get(address(attempt, name)).content.decode()
        assert (" style=" in page, "<style" in page, "<script>" in page, " onclick=" in page) == (False,) * 4


def test_saving_keeps_every_text(client, attempt):
    answer = client.post(address(attempt), typed(act="save"))
    assert (answer.status_code, kept(attempt)) == (302, {"R1": "My plan.", "R2": "", "R3": "It changed."})


def test_every_button_keeps_what_was_typed(client, attempt):
    upload = uploading.begin(
        response=earner_cast.response_to(attempt, "R2"), name="b.pdf", size=9, acting_person=attempt.earner
    )
    acts = ["save", "go:submit", "go:preview", f"cancel:R2:{upload.ref}"]
    for number, act in enumerate(acts):
        posted = typed(act=act, **{"text-R1": f"Plan {number}.", "revision-R1": str(number)})
        assert client.post(address(attempt), posted).status_code == 302
        assert kept(attempt)["R1"] == f"Plan {number}."


def test_a_link_and_a_file_are_added_without_scripts(client, attempt):
    client.post(
        address(attempt), typed(act="link:R2", **{"link-R2": "https://example.org/a", "link_title-R2": "Before"})
    )
    file = SimpleUploadedFile("Maria.pdf", earner_cast.pdf(), "application/pdf")
    answer = client.post(address(attempt), {**typed(act="upload:R2"), "file-R2": file})
    assert answer["Location"] == f"{address(attempt)}#requirement-R2"
    assert [(each.link, bool(each.upload)) for each in Artifact.objects.all()] == [
        ("https://example.org/a", False),
        ("", True),
    ]


def test_a_wrong_link_keeps_everything_typed_and_names_the_field(client, attempt):
    answer = client.post(address(attempt), typed(act="link:R2", **{"link-R2": "my page", "link_title-R2": "Before"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert kept(attempt)["R1"] == "My plan."
    for expected in ('href="#id_link-R2"', 'value="my page"', 'value="Before"', 'aria-invalid="true"', "My plan."):
        assert expected in page


def test_a_wrong_file_keeps_everything_typed_and_says_why(client, attempt):
    file = SimpleUploadedFile("program.pdf", earner_cast.PROGRAM, "application/pdf")
    answer = client.post(address(attempt), {**typed(act="upload:R2"), "file-R2": file})
    assert (answer.status_code, kept(attempt)["R3"]) == (422, "It changed.")
    assert "“program.pdf” is not what its name says." in answer.content.decode()


def test_uploading_without_a_file_says_so(client, attempt):
    assert "Choose a file first" in client.post(address(attempt), typed(act="upload:R2")).content.decode()


def test_a_text_beyond_measure_is_shown_again_and_the_others_are_kept(client, attempt):
    answer = client.post(address(attempt), typed(act="save", **{"text-R1": "word " * 30_000}))
    assert (answer.status_code, kept(attempt)) == (422, {"R1": "", "R2": "", "R3": "It changed."})
    assert "word word word" in answer.content.decode()


def test_a_text_changed_elsewhere_shows_both(client, attempt):
    earner_cast.save(attempt, "R1", "From the phone.")
    answer = client.post(address(attempt), typed(act="save"))
    page = answer.content.decode()
    assert (answer.status_code, "From the phone." in page, "My plan." in page) == (409, True, True)
    assert kept(attempt) == {"R1": "From the phone.", "R2": "", "R3": "It changed."}
    assert 'name="revision-R1" value="1"' in page


def test_a_page_that_saved_by_itself_is_in_no_conflict_with_its_own_form(client, attempt):
    autosave(client, attempt, "My pl", 0, page="p1")
    assert client.post(address(attempt), typed(act="save")).status_code == 302
    assert kept(attempt)["R1"] == "My plan."


def test_autosave_answers_as_the_kit_expects(client, attempt):
    answer = autosave(client, attempt, "My plan.", 0)
    body = answer.json()
    assert (answer.status_code, sorted(body), body["revision"], body["words"]) == (
        200,
        ["revision", "saved_at", "words"],
        1,
        2,
    )


def test_autosave_of_a_stale_text_answers_with_what_is_kept(client, attempt):
    earner_cast.save(attempt, "R1", "From the phone.")
    answer = autosave(client, attempt, "My plan.", 0)
    body = answer.json()
    assert (answer.status_code, body["revision"], body["text"]) == (409, 1, "From the phone.")


@pytest.mark.parametrize(
    ("text", "revision", "requirement"),
    [("x" * 100_001, 0, "R1"), ("text", "many", "R1"), ("text", 0, "R2"), ("text", 0, "R9")],
)
def test_autosave_refuses_bad_input_with_a_sentence(client, attempt, text, revision, requirement):
    answer = autosave(client, attempt, text, revision, requirement)
    assert (answer.status_code, answer.json()["error"].endswith(".")) == (422, True)


def test_autosave_of_what_was_handed_in_is_in_the_wrong_state(version, educator, client_of):
    attempt = earner_cast.submitted(version, educator)
    answer = autosave(client_of(educator), attempt, "Late.", 1)
    assert (answer.status_code, "text" in answer.json()) == (409, False)


@pytest.mark.parametrize("status", [S for S in AttemptStatus if S not in ("draft", "returned")])
def test_the_form_of_what_is_closed_is_in_the_wrong_state(client, attempt, status):
    earner_cast.put(attempt, status)
    assert client.post(address(attempt), typed(act="save")).status_code == 409


def test_the_list_of_one_requirement_stands_alone(client, attempt):
    earner_cast.uploaded(attempt, "Maria.pdf", earner_cast.pdf())
    answer = client.get(address(attempt, "artifacts", requirement="R2")).content.decode()
    assert ("Maria.pdf" in answer, "<html" in answer) == (True, False)


def test_a_return_says_what_was_missing_but_not_who_looked(client, attempt, lead_assessor):
    CompletenessCheck.objects.create(
        submission=current_submission(attempt),
        checker=lead_assessor,
        complete=False,
        missing=["R2.1"],
        note="The second page is blank.",
    )
    earner_cast.put(attempt, AttemptStatus.RETURNED)
    page = client.get(address(attempt)).content.decode()
    assert ("Both pieces can be read." in page, "The second page is blank." in page) == (True, True)
    assert lead_assessor.name not in page


def test_the_next_round_shows_what_was_met_and_what_was_not(version, educator, client_of):
    attempt = earner_cast.decided(version, educator, met=["A"])
    open_round(attempt=attempt, acting_person=educator)
    page = client_of(educator).get(address(attempt)).content.decode()
    assert ("Change B." in page, "Carried over as met" in page) == (True, True)
    assert ('name="text-R1"' in page, 'name="text-R3"' in page) == (False, True)


def test_no_page_asks_more_of_the_database_for_more_evidence(client, attempt, django_assert_max_num_queries):
    def queries(name):
        with django_assert_max_num_queries(60) as asked:
            client.get(address(attempt, name))
        return len(asked)

    earner_cast.uploaded(attempt, "first.pdf", earner_cast.pdf())
    before = {name: queries(name) for name in ("attempt", "preview", "submit", "history")}
    for number in range(2):
        earner_cast.uploaded(attempt, f"{number}.pdf", earner_cast.pdf())
    for number in range(5):
        writing.add_link(
            submission=current_submission(attempt),
            requirement="R2",
            link=f"https://example.org/{number}",
            title="",
            acting_person=attempt.earner,
        )
    assert {name: queries(name) for name in before} == before


def test_the_fields_for_scripts_are_sound_json(client, attempt):
    page = client.get(address(attempt)).content.decode()
    raw = page.split('data-fields="')[1].split('"')[0].replace("&#34;", '"').replace("&quot;", '"')
    assert json.loads(raw) == {"requirement": "R2"}
