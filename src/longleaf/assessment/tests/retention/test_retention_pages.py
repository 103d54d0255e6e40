"""The earner's page of clocks and their download; holds for state officers alone."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment.errors import HoldIncomplete, NoSuchHold
from longleaf.assessment.models import CopyFlag, Hold
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retention import holds
from longleaf.assessment.tests import earner_cast as cast
from longleaf.assessment.tests.privacy import factories as privacy
from longleaf.assessment.tests.retention.factories import days_pass, decided_with_a_picture, keep_for, run
from longleaf.directory.status import Role
from longleaf.journal.queries import lines_about
from longleaf.kit.dates import day
from tests.cast import make_person, publish

KEPT, HOLDS = "/work/kept/", "/holds/"
WHY = "A family asks what became of the film."


@pytest.fixture
def decided(state: Any, version: Any, educator: Any) -> Any:
    keep_for(state, files=100, texts=400)
    return days_pass(decided_with_a_picture(version, educator), 80)


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_tells_every_clock_and_what_was_told(decided: Any, educator: Any, client_of: Any) -> None:
    client = client_of(educator)
    page = text_of(client.get(KEPT))
    assert "Files and links (2)" in page
    assert day(in_days(21)) in page
    assert "You were told" not in page
    assert "What is kept of my work" in text_of(client.get("/work/"))
    run()
    assert len(mail.outbox) == 1
    page = text_of(client.get(KEPT))
    assert "You were told" in page
    # Told late, and still the whole time of the notice.
    assert day(in_days(30)) in page
    assert "Some of your work will be deleted" in text_of(client.get("/work/"))


def test_it_asks_the_database_as_often_for_many_attempts_as_for_one(
    state: Any, issuer: Any, items: Any, document: Any, educator: Any, client_of: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(KEPT).status_code == 200
        return len(seen)

    client = client_of(educator)
    for number in range(4):
        made = publish(state, issuer, {**document, "slug": f"made-{number}"}, [items["MTS-2"]])
        cast.decide(cast.submitted(made, educator), met=("A", "B") if number % 2 else ("A",))
        if number == 1:
            client.get(KEPT)
            few = queries()
    assert queries() == few


def test_everything_of_an_attempt_comes_as_one_file(decided: Any, educator: Any, client_of: Any) -> None:
    answer = client_of(educator).get(reverse("assessment:everything", kwargs={"ref": decided.ref}))
    assert answer["Content-Disposition"] == f'attachment; filename="{decided.ref}.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        picture = next(name for name in names if name.endswith("erin-and-class.png"))
        assert packed.read(picture).startswith(b"\x89PNG")
        assert cast.PLAN in packed.read("round-1/R1.txt").decode()
        assert cast.LINK in packed.read("round-1/R2.txt").decode()
        assert "Feedback is specific: demonstrated (Demonstrated)" in packed.read("round-1/round.txt").decode()


def main_of(response: Any) -> str:
    return text_of(response).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("who", ["other_educator", "lead_assessor", "state_officer", "first_assessor"])
def test_nobody_else_gets_it(decided: Any, who: str, request: Any, client_of: Any) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("assessment:everything", kwargs={"ref": decided.ref})).status_code == 404
    assert decided.ref not in text_of(client.get(KEPT))


def test_a_state_officer_of_the_agency_holds_work_back_and_ends_it(
    decided: Any, educator: Any, state_officer: Any, client_of: Any
) -> None:
    run()
    days_pass(decided, 31)
    client = client_of(state_officer)
    refused = client.post(HOLDS, {"what": "ATT-NONE", "reason": WHY, "until": ""})
    assert refused.status_code == 422
    assert WHY in text_of(refused)
    assert "There is no such work" in text_of(refused)
    ref = current_submission(decided).ref
    client.post(HOLDS, {"what": ref.lower(), "reason": WHY, "until": in_days(90).isoformat()})
    hold = Hold.objects.get()
    assert WHY in text_of(client.get(HOLDS))
    assert run().let_go == 0

    told = text_of(client_of(educator).get(KEPT))
    assert "holds this work for now" in told
    assert WHY not in told
    assert WHY not in str([line.data for line in lines_about(f"hold:{hold.ref}")])

    client.post(f"{HOLDS}{hold.ref}/end/")
    client.post(f"{HOLDS}{hold.ref}/end/")
    assert [line.event for line in lines_about(f"hold:{hold.ref}")] == ["hold:retention:set", "hold:retention:ended"]
    assert run().let_go == 1


def test_all_work_on_a_micro_credential_is_held_through_a_day(decided: Any, version: Any, state_officer: Any) -> None:
    run()
    days_pass(decided, 31)
    slug = version.micro_credential.slug
    hold = holds.set_hold(what=slug, reason=WHY, until=in_days(3), acting_person=state_officer)
    assert run().let_go == 0
    Hold.objects.filter(pk=hold.pk).update(until=in_days(-1))
    assert run().let_go == 1
    with pytest.raises(HoldIncomplete) as caught:
        holds.set_hold(what=slug, reason=" ", until=in_days(2000), acting_person=state_officer)
    assert set(caught.value.fields) == {"reason", "until"}


def test_nobody_else_learns_of_holds(
    decided: Any, state_officer: Any, issuer: Any, client_of: Any, educator: Any
) -> None:
    hold = holds.set_hold(what=decided.ref, reason=WHY, until=in_days(9), acting_person=state_officer)
    elsewhere = make_person("Otto Elsewhere", (issuer, Role.STATE_OFFICER))
    for person in (educator, elsewhere):
        client = client_of(person)
        assert client.get(HOLDS).status_code == 404
        assert client.post(f"{HOLDS}{hold.ref}/end/").status_code == 404
        with pytest.raises(NoSuchHold):
            holds.set_hold(what=decided.ref, reason=WHY, until=in_days(9), acting_person=person)
    assert client_of(None).get(HOLDS).status_code == 302


def test_a_likeness_under_look_changes_nothing_on_the_earners_page(
    decided: Any, version: Any, other_educator: Any, educator: Any, client_of: Any
) -> None:
    client = client_of(educator)
    before = main_of(client.get(KEPT))
    CopyFlag.objects.create(
        issuer=version.micro_credential.issuer,
        submission=current_submission(cast.submitted(version, other_educator)),
        place="R1",
        other=current_submission(decided),
        other_place="R1",
        kind="text",
        percent=90,
    )
    assert main_of(client.get(KEPT)) == before


def test_what_is_gone_is_told_as_gone_on_every_page(
    decided: Any, educator: Any, lead_assessor: Any, client_of: Any
) -> None:
    run()
    days_pass(decided, 31)
    run()
    client = client_of(educator)
    assert "is deleted: its time was over" in text_of(client.get(f"/work/{decided.ref}/preview/"))
    assert "Files and links: deleted on" in text_of(client.get(KEPT))
    for name in ("attempt", "history", "decision", "privacy"):
        assert client.get(reverse(f"assessment:{name}", kwargs={"ref": decided.ref}), follow=True).status_code == 200
    answer = client.get(reverse("assessment:everything", kwargs={"ref": decided.ref}))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert not [name for name in packed.namelist() if name.endswith(".png")]
        assert "Piece 1 is gone." in packed.read("round-1/R2.txt").decode()


def test_the_form_is_the_states_own_and_says_how_sure_it_is(
    decided: Any, state: Any, educator: Any, client_of: Any
) -> None:
    address = reverse("assessment:consent-form", kwargs={"ref": decided.ref})
    ours = text_of(client_of(educator).get(address))
    assert "Consent for a student to be shown in evidence" in ours
    assert "Prairie Institute" in ours
    assert "econstructed" in ours
    own = {
        "signed_by": "guardian",
        "language": "es",
        "language_name": "Español",
        "title": "Consentimiento",
        "introduction": "Trabajo para “{title}” de {issuer}.",
        "points": ["Solo lo ven los evaluadores."],
        "number": "Número",
        "questions": [{"text": "Acepto:", "options": ["sí", "no"]}],
        "lines": ["Firma"],
        "standing": "official",
        "note": "",
    }
    type(state).objects.filter(pk=state.pk).update(consent_forms=[own])
    theirs = text_of(client_of(educator).get(address))
    assert '<div lang="es">' in theirs
    assert f"Trabajo para “{decided.version.labelled_title}” de Prairie Institute." in theirs
    assert "econstructed" not in theirs


def test_the_log_and_a_form_for_one_of_its_people_are_printed_by_number(
    version: Any, educator: Any, other_educator: Any, client_of: Any
) -> None:
    attempt = cast.filled(version, educator)
    privacy.log(attempt)
    privacy.log(attempt, kind="own")
    client = client_of(educator)
    log = text_of(client.get(reverse("assessment:consent-log", kwargs={"ref": attempt.ref})))
    assert "Student 2" in log
    assert "Office, green folder" in log
    form = reverse("assessment:consent-form", kwargs={"ref": attempt.ref})
    assert "written by the school: Student 2" in text_of(client.get(f"{form}?number=2"))
    assert "I agree to be shown" in text_of(client.get(f"{form}?form=student-en"))
    assert (
        client_of(other_educator).get(reverse("assessment:consent-log", kwargs={"ref": attempt.ref})).status_code == 404
    )


def test_whoever_signs_is_told_of_everybody_who_may_see_it(decided: Any, educator: Any, client_of: Any) -> None:
    address = reverse("assessment:consent-form", kwargs={"ref": decided.ref})
    for key in ("guardian-en", "student-en", "adult-en"):
        form = text_of(client_of(educator).get(f"{address}?form={key}"))
        assert "for help" in form, key
        assert key == "student-en" or "with whom the work is made" in form
        assert key == "student-en" or "in an appeal" in form
