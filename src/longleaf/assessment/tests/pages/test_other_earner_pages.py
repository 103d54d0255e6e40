"""My work, beginning, preview, handing in, decision, history; and what stands on a micro-credential's page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from longleaf.assessment import asides
from longleaf.assessment.models import Artifact, Attempt
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast
from tests import cast


def address(name, attempt):
    return reverse(f"assessment:{name}", kwargs={"ref": attempt.ref})


def page(client, where):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def aside(version, person):
    request = RequestFactory().get("/")
    request.user = person
    return asides.my_attempt(request, version)


def test_an_empty_list_teaches(educator, client_of):
    assert "Nothing begun yet" in page(client_of(educator), reverse("assessment:list"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AttemptStatus.DRAFT, "Gather your evidence and hand it in."),
        (AttemptStatus.SUBMITTED, "Decision expected by"),
        (AttemptStatus.RETURNED, "Add what was missing and hand it in again."),
        (AttemptStatus.IN_REVIEW, "Decision expected by"),
        (AttemptStatus.NOT_YET, "Read the feedback"),
        (AttemptStatus.DEMONSTRATED, "You have demonstrated this competency."),
        (AttemptStatus.WITHDRAWN, "You withdrew this attempt."),
    ],
)
def test_the_list_says_what_is_asked_in_every_status(version, educator, client_of, status, expected):
    earner_cast.put(earner_cast.submitted(version, educator), status)
    assert expected in page(client_of(educator), reverse("assessment:list"))


def test_the_list_asks_the_database_the_same_for_one_and_for_five(
    state, issuer, version, educator, client_of, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(40) as asked:
            page(client_of(educator), reverse("assessment:list"))
        return len(asked)

    earner_cast.started(version, educator)
    before = queries()
    for number in range(4):
        earner_cast.started(cast.publish(state, issuer, cast.make_document(slug=f"other-{number}")), educator)
    assert queries() == before


def test_beginning_asks_first_and_then_begins_once(version, educator, client_of):
    client, where = client_of(educator), reverse("assessment:start", kwargs={"slug": version.micro_credential.slug})
    assert ("Work before and after" in page(client, where), Attempt.objects.count()) == (True, 0)
    answers = [client.post(where)["Location"] for _ in range(2)]
    assert answers == [address("attempt", Attempt.objects.get())] * 2


def test_somebody_who_is_no_educator_is_told_how_to_become_one(version, stranger, client_of):
    client, where = client_of(stranger), reverse("assessment:start", kwargs={"slug": version.micro_credential.slug})
    assert "Educators begin attempts" in page(client, where)
    assert client.post(where).status_code == 403


def test_there_is_nothing_to_begin_at_an_unknown_address(educator, client_of):
    assert client_of(educator).get(reverse("assessment:start", kwargs={"slug": "no-such"})).status_code == 404


def test_the_preview_names_nobody(version, educator, client_of):
    attempt = earner_cast.filled(version, educator)
    earner_cast.uploaded(attempt, "Maria Lopez.pdf", earner_cast.pdf())
    Artifact.objects.filter(upload=None).update(title="The page of Maria’s class")
    shown = page(client_of(educator), address("preview", attempt)).split("<main")[1]
    assert (current_submission(attempt).ref in shown, "Artifact 2" in shown) == (True, True)
    assert ("Maria" in shown, educator.name in shown, "Rivertown" in shown) == (False, False, False)


def test_handing_in_leads_on_and_a_second_click_too(version, educator, client_of):
    attempt = earner_cast.filled(version, educator)
    looked = [Artifact.objects.get().pk]
    posted = {"statements": ["privacy", "integrity"], "badge_evidence": ["R1"], "looked": looked}
    client = client_of(educator)
    answers = [client.post(address("submit", attempt), posted) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, address("attempt", attempt))] * 2
    shown = page(client, address("attempt", attempt))
    assert ("Handed in as SUB-" in shown, "Nothing is asked of you now" in shown) == (True, True)


def test_handing_in_too_early_names_everything_and_keeps_what_was_ticked(version, educator, client_of):
    attempt = earner_cast.started(version, educator)
    answer = client_of(educator).post(address("submit", attempt), {"statements": ["privacy"], "badge_evidence": ["R3"]})
    shown = answer.content.decode()
    assert answer.status_code == 422
    for expected in ('href="#there-R1"', 'href="#there-R2"', 'href="#statement-integrity"', 'value="R3" checked'):
        assert expected in shown
    assert 'name="statements" value="privacy" required checked' in shown


def test_handing_in_what_was_decided_is_in_the_wrong_state(version, educator, client_of):
    attempt = earner_cast.decided(version, educator, met=["A"])
    answer = client_of(educator).post(address("submit", attempt), {"statements": ["privacy", "integrity"]})
    assert answer.status_code == 409


def test_not_yet_says_what_to_change_and_opens_the_next_round(version, educator, client_of):
    attempt, client = earner_cast.decided(version, educator, met=["A"]), client_of(educator)
    assert client.get(address("attempt", attempt))["Location"] == address("decision", attempt)
    shown = page(client, address("decision", attempt))
    for expected in (
        "Not yet",
        "What to change",
        "Change B.",
        "A change is shown and explained.",
        "Open the next round",
    ):
        assert expected in shown
    assert "fail" not in shown.split("<main")[1].lower()
    answers = [client.post(address("next-round", attempt)).status_code for _ in range(2)]
    assert answers == [302, 302]


def test_where_no_round_is_left_none_is_offered(state, issuer, educator, client_of):
    version = cast.publish(state, issuer, cast.make_document(attempts=1))
    attempt, client = earner_cast.decided(version, educator, met=["A"]), client_of(educator)
    assert "Open the next round" not in page(client, address("decision", attempt))
    assert client.post(address("next-round", attempt)).status_code == 409


def test_demonstrated_says_so_while_the_badge_is_made(version, educator, client_of):
    attempt = earner_cast.decided(version, educator, met=["A", "B"])
    shown = page(client_of(educator), address("decision", attempt))
    assert ("Your badge is being made." in shown, "Go to your badge" in shown) == (True, False)


def test_an_earlier_decision_can_be_read_again(version, educator, client_of):
    attempt, client = earner_cast.decided(version, educator, met=["A"]), client_of(educator)
    open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " More.")
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=["A", "B"])
    assert "This is the decision of an earlier round." in page(client, address("decision", attempt) + "?round=1")
    assert "Demonstrated" in page(client, address("decision", attempt))
    assert client.get(address("decision", attempt) + "?round=9").status_code == 404


def test_the_history_tells_what_happened(version, educator, client_of):
    attempt = earner_cast.decided(version, educator, met=["A"])
    shown = page(client_of(educator), address("history", attempt))
    for expected in ("You began", "You handed in round 1", "Round 1", "1 of 2", "Withdraw this attempt"):
        assert expected in shown


def test_withdrawing_asks_first(version, educator, client_of):
    attempt, client = earner_cast.started(version, educator), client_of(educator)
    assert "Withdraw this attempt?" in page(client, address("withdraw", attempt))
    assert client.post(address("withdraw", attempt))["Location"] == reverse("assessment:list")
    assert "You withdrew" in page(client, address("attempt", attempt))


def test_the_aside_is_the_readers_next_step(version, educator, stranger, client_of):
    assert "Sign in to begin" in aside(version, AnonymousUser())
    assert aside(version, stranger) == ""
    assert reverse("assessment:start", kwargs={"slug": version.micro_credential.slug}) in aside(version, educator)
    attempt = earner_cast.started(version, educator)
    assert (address("attempt", attempt) in aside(version, educator), "Go on working" in aside(version, educator)) == (
        True,
        True,
    )
    earner_cast.put(attempt, AttemptStatus.DEMONSTRATED)
    assert "See the decision" in aside(version, educator)


def test_the_aside_of_a_superseded_version_offers_no_beginning(state, issuer, version, educator):
    cast.publish(state, issuer, cast.make_document(summary="Said otherwise."))
    version.refresh_from_db()
    assert aside(version, educator) == ""
