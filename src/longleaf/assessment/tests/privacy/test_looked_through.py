"""What software cannot look into is looked through by whoever brings it, and they say so before it is handed in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import retrying, submitting
from longleaf.assessment.errors import NotOpenForWriting, NotReady
from longleaf.assessment.evidence import writing
from longleaf.assessment.models import Artifact, LookedThrough
from longleaf.assessment.privacy import looked
from longleaf.assessment.privacy.reading import read_arrived_files
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.evidence import files_cast
from longleaf.assessment.tests.privacy import factories
from longleaf.journal.queries import lines_about
from tests import cast


@pytest.fixture
def version(state, issuer, items):
    document = cast.make_document()
    document["requirements"][1]["files"] = {
        "kinds": ["video", "image", "pdf", "office"], "most": 6, "megabytes": 5,
    }  # fmt: skip
    return cast.publish(state, issuer, document, [items["MTS-2"]])


@pytest.fixture
def attempt(version, educator):
    return earner_cast.filled(version, educator)


def asked(attempt):
    return [(each.code, each.name, each.is_said) for each in looked.to_look_through(work_on(attempt))]


def say(attempt, *artifacts):
    return looked.say_looked_through(
        submission=current_submission(attempt), artifacts=[each.pk for each in artifacts], acting_person=attempt.earner
    )


def submit(attempt):
    return submitting.submit(
        submission=current_submission(attempt),
        statements=earner_cast.BOTH,
        badge_evidence=[],
        acting_person=attempt.earner,
    )


def film_of(attempt):
    earner_cast.uploaded(attempt, "maria.mp4", files_cast.mp4())
    return Artifact.objects.latest("pk")


def say_of_link(attempt, *more):
    return say(attempt, Artifact.objects.get(response__submission__attempt=attempt, upload=None), *more)


def lines_on(attempt):
    return [line.data for line in lines_about(f"attempt:{attempt.ref}") if line.event == "attempt:names:looked-through"]


def test_films_and_pictures_are_asked_for_and_documents_with_words_alone_are_not(attempt):
    film_of(attempt)
    earner_cast.uploaded(attempt, "board.jpg", earner_cast.picture())
    earner_cast.uploaded(attempt, "plan.docx", factories.word_document("The plan of the lesson"))
    pictured = {"word/document.xml": "<w:p>Words</w:p>", "word/media/image1.jpeg": earner_cast.picture()}
    listed = {"[Content_Types].xml": '<Types><Default ContentType="wordprocessingml"/></Types>', **pictured}
    earner_cast.uploaded(attempt, "pictured.docx", files_cast.zipped(listed))
    earner_cast.uploaded(attempt, "words.pdf", factories.pdf_of("The plan"))
    # Until it is read, nobody knows what stands in it.
    assert [code for code, *_ in asked(attempt)] == ["R2-1", "R2-2", "R2-3", "R2-4", "R2-5", "R2-6"]
    read_arrived_files(now=timezone.now())
    assert [name for _, name, _ in asked(attempt)] == [earner_cast.LINK, "maria.mp4", "board.jpg", "pictured.docx"]


def test_it_keeps_from_handing_in_until_it_is_said(attempt):
    film = film_of(attempt)
    with pytest.raises(NotReady) as refusal:
        submit(attempt)
    assert list(refusal.value.fields) == ["looked"]
    assert f"“{earner_cast.LINK}” and “maria.mp4”" in refusal.value.fields["looked"]
    say(attempt, film)
    with pytest.raises(NotReady) as refusal:
        submit(attempt)
    assert "“maria.mp4”" not in refusal.value.fields["looked"]
    say_of_link(attempt, film)
    assert submit(attempt).submitted_at


def test_where_there_is_nothing_of_the_kind_nothing_is_asked(attempt):
    writing.remove_artifact(artifact=Artifact.objects.get(), acting_person=attempt.earner)
    earner_cast.uploaded(attempt, "plan.docx", factories.word_document("The plan of the lesson"))
    read_arrived_files(now=timezone.now())
    assert asked(attempt) == []
    assert submit(attempt).submitted_at


def test_a_tick_can_be_taken_back_and_said_twice_it_is_said_once(attempt):
    film = film_of(attempt)
    say(attempt, film)
    say(attempt, film)
    assert lines_on(attempt) == [{"round": 1, "of": ["R2-2"]}]
    say(attempt)
    assert asked(attempt)[1] == ("R2-2", "maria.mp4", False)
    assert lines_on(attempt)[-1] == {"round": 1, "of": []}


def test_nothing_but_what_is_asked_for_is_kept(attempt, version, other_educator):
    earner_cast.uploaded(attempt, "plan.docx", factories.word_document("The plan of the lesson"))
    read_arrived_files(now=timezone.now())
    read = Artifact.objects.latest("pk")
    foreign = film_of(earner_cast.filled(version, other_educator))
    say(attempt, read, foreign)
    assert LookedThrough.objects.count() == 0


def test_a_later_round_need_not_say_it_again(attempt):
    say_of_link(attempt, film_of(attempt))
    submit(attempt)
    earner_cast.decide(attempt, met=["A"])
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    assert [is_said for *_, is_said in asked(attempt)] in ([True, True], [])
    assert "looked" not in submitting.what_is_open(work_on(attempt), earner_cast.BOTH)


def test_after_handing_in_nothing_is_said_any_more(attempt):
    say_of_link(attempt, film_of(attempt))
    submit(attempt)
    with pytest.raises(NotOpenForWriting):
        say(attempt)


def test_the_page_asks_keeps_each_tick_and_hands_in(attempt, client_of):
    film, link = film_of(attempt), Artifact.objects.get(upload=None)
    client = client_of(attempt.earner)
    page = reverse("assessment:submit", kwargs={"ref": attempt.ref})
    kept = reverse("assessment:looked-through", kwargs={"ref": attempt.ref})
    shown = client.get(page).content.decode()
    assert "I looked: no student’s or school’s name can be read or heard" in shown
    assert "I looked, signed out: no student’s or school’s name, and not mine, can be read or heard" in shown
    refused = client.post(page, {"statements": ["privacy"], "looked": [film.pk]})
    # What was ticked stays ticked, though nothing was handed in.
    assert (refused.status_code, [is_said for *_, is_said in asked(attempt)]) == (422, [False, True])
    assert client.post(kept, {}).status_code == 204
    missing = client.post(page, {"statements": list(earner_cast.BOTH)})
    assert (missing.status_code, 'href="#id_looked"' in missing.content.decode()) == (422, True)
    both = {"statements": list(earner_cast.BOTH), "looked": [link.pk, film.pk]}
    assert client.post(kept, {"looked": [film.pk]}).status_code == 204
    sent = client.post(page, both)
    assert sent.status_code == 302
    again = client.post(page, both)
    assert again.status_code == 302


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "stranger"])
def test_nobody_else_says_it(attempt, who, request, client_of):
    kept = reverse("assessment:looked-through", kwargs={"ref": attempt.ref})
    assert client_of(request.getfixturevalue(who)).post(kept, {"looked": [film_of(attempt).pk]}).status_code == 404


def test_whoever_checks_is_told_and_readers_are_not(attempt, lead_assessor, client_of):
    say_of_link(attempt, film_of(attempt))
    submission = submit(attempt)
    page = client_of(lead_assessor).get(reverse("desk:check", kwargs={"ref": submission.ref})).content.decode()
    assert page.count("The earner looked through it") == 2
    assert page.count("Open it in a private window, signed out") == 1


def test_the_log_to_print_tells_of_how_many_it_was_said(attempt, client_of):
    say(attempt, film_of(attempt))
    log = reverse("assessment:consent-log", kwargs={"ref": attempt.ref})
    assert "Of 1 file or link that software cannot look into" in client_of(attempt.earner).get(log).content.decode()
