"""An anchor among live work is told apart by nothing that its reader can reach: queue, desk, finished, journal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment.desk import led
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.models.attempt import new_submission_reference
from longleaf.assessment.privacy import ai_use
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.calibrated import SAMPLE_TEXT, calibrate
from longleaf.assessment.tests.desk.factories import PLAN, hand_in, hand_in_again, read, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal.models import JournalLine
from longleaf.panels.blindness import BLIND_RATER
from longleaf.panels.calibration import seeding
from longleaf.panels.models import Assignment
from longleaf.panels.status import Purpose
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
REFERENCE = re.compile(r"\b[A-Z]{3}-[2-9B-Z]{4}-[2-9B-Z]{4}\b")
TELLING = re.compile(r"anchor|sample|calibrat|check_reading|seeded|\btests?\b", re.IGNORECASE)


@pytest.fixture
def pair(
    version: Version,
    educator: Person,
    other_educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> tuple[Assignment, Assignment]:
    """A live reading and an anchor, both offered to the first assessor."""
    calibrate(version, lead_assessor, first_assessor, second_assessor)
    for earner in (educator, other_educator):
        send_to_panel(hand_in(version, earner), lead_assessor)
    later = timezone.now() + timedelta(days=2.5)
    seeding.seed(new_subject=new_submission_reference, secret="of this test", now=later)
    own = Assignment.objects.filter(rater=first_assessor)
    seeded = own.get(panel__check_reading__purpose=Purpose.SEEDED)
    live = own.filter(panel__check_reading__isnull=True).order_by("pk").first()
    assert live is not None
    return live, seeded


def page(name: str, **where: str) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def shape(text: str) -> str:
    """A page without what differs between any two readings: references, tokens, days, and the evidence itself."""
    text = re.sub(r"<time.*?</time>|\(in \d+ days?\)|\(today\)|\(tomorrow\)", "DAY", text)
    # How much somebody has under way differs from one offer to the next.
    text = re.sub(r"has [^;<]* under way, \d+ at most; was [^<]*\.", "LOAD", text)
    text = REFERENCE.sub("REF", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'nonce="[^"]*"|csrf[^,}]*', "", text)
    # Notes are for files: whether there is a place for them follows from the evidence.
    text = re.sub(
        r'<section class="ll-notes".*?</section>\s*|<dialog[^>]* id="note".*?</dialog>\s*', "", text, flags=re.DOTALL
    )
    return re.sub(r"<section class=\"ll-piece\".*?</section>", "EVIDENCE", text, flags=re.DOTALL)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rows_of(text: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", text.partition("<tbody>")[2].partition("</tbody>")[0], flags=re.DOTALL)


def test_a_sample_says_of_tools_what_live_work_has_to_say(
    state: State,
    issuer: Organisation,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    client_of: Signed,
) -> None:
    document = cast.make_document(ai_policy={"rule": "allowed", "text": "Say which tools helped."})
    version = cast.publish(state, issuer, document)
    calibrate(version, lead_assessor, first_assessor)
    attempt = earner_cast.filled(version, educator)
    ai_use.say_none_was_used(submission=current_submission(attempt), acting_person=educator)
    send_to_panel(hand_in_again(current_submission(attempt)), lead_assessor)
    later = timezone.now() + timedelta(days=2.5)
    seeding.seed(new_subject=new_submission_reference, secret="of this test", now=later)
    live = Assignment.objects.get(rater=first_assessor, panel__check_reading__isnull=True)
    seeded = Assignment.objects.get(rater=first_assessor, panel__check_reading__purpose=Purpose.SEEDED)
    client = client_of(first_assessor)
    told = [body(client, page("read", ref=take_up(each).ref)).count("Tools used for") for each in (live, seeded)]
    assert told[0] == told[1] > 0


def test_each_page_of_a_reading_has_the_same_shape(
    pair: tuple[Assignment, Assignment], client_of: Signed, first_assessor: Person
) -> None:
    client = client_of(first_assessor)
    for name in ("read", "decline"):
        live, seeded = (shape(body(client, page(name, ref=seat.ref))) for seat in pair)
        assert live == seeded
    for seat in pair:
        take_up(seat)
    live, seeded = (shape(body(client, page("read", ref=seat.ref))) for seat in pair)
    assert "EVIDENCE" in live
    assert live == seeded
    assert SAMPLE_TEXT in body(client, page("read", ref=pair[1].ref))
    assert PLAN in body(client, page("read", ref=pair[0].ref))


def test_the_queue_and_the_finished_list_show_both_alike(
    pair: tuple[Assignment, Assignment], client_of: Signed, first_assessor: Person
) -> None:
    client = client_of(first_assessor)
    rows = rows_of(body(client, page("queue")))
    assert len(rows) == 3
    assert len({shape(row) for row in rows}) == 1
    for seat in pair:
        read(seat)
    done = rows_of(body(client, page("finished")))
    assert len(done) == 2
    assert len({shape(row) for row in done}) == 1
    live, seeded = (shape(body(client, page("read", ref=seat.ref))) for seat in pair)
    assert live == seeded


def test_no_page_names_what_it_is_nor_the_reference_under_which_it_is_kept(
    pair: tuple[Assignment, Assignment], client_of: Signed, first_assessor: Person, lead_assessor: Person
) -> None:
    seeded = pair[1]
    client = client_of(first_assessor)
    take_up(seeded)
    shown = body(client, page("read", ref=seeded.ref)).partition("<main")[2].partition("</main>")[0]
    shown = shown.replace(SAMPLE_TEXT, "").replace("pages.example.test/sample", "")
    assert TELLING.findall(shown) == []
    kept = Submission.objects.select_related("attempt").get(ref=seeded.panel.evidence)
    assert seeded.panel.subject in shown
    for word in (kept.ref, kept.attempt.ref, lead_assessor.name, "Lena"):
        assert word not in shown


def test_calibration_pages_do_not_know_it(
    pair: tuple[Assignment, Assignment], client_of: Signed, first_assessor: Person
) -> None:
    client = client_of(first_assessor)
    for seat in pair:
        read(seat)
    answers = [client.get(reverse("calibration:reading", kwargs={"ref": seat.ref})) for seat in pair]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert shape(answers[0].content.decode()) == shape(answers[1].content.decode())
    held = first_assessor.certifications.get()
    for name, where in (("home", {}), ("report", {"ref": held.ref})):
        assert pair[1].ref not in body(client, reverse(f"calibration:{name}", kwargs=where))


def test_the_journal_lines_that_a_reader_may_see_are_the_same(pair: tuple[Assignment, Assignment]) -> None:
    for seat in pair:
        read(seat)
    told = []
    for seat in pair:
        about = JournalLine.objects.filter(subject__in=[f"reading:{seat.ref}", f"panel:{seat.panel.ref}"])
        lines = [line for line in about if BLIND_RATER.may_read_journal_of(line.subject)]
        told.append([(line.event, sorted(line.data)) for line in lines])
    assert told[0]
    assert told[0] == told[1]


def test_handing_one_in_decides_nothing_and_awards_nothing(pair: tuple[Assignment, Assignment]) -> None:
    before = list(Attempt.objects.order_by("pk").values_list("status", flat=True))
    read(pair[1])
    assert list(Attempt.objects.order_by("pk").values_list("status", flat=True)) == before


def test_a_lead_who_watches_panels_does_not_find_it_there(
    pair: tuple[Assignment, Assignment], lead_assessor: Person
) -> None:
    watched = {each.panel.pk for each in led.panels_to_watch(lead_assessor)[:50]}
    assert pair[0].panel_id in watched
    assert pair[1].panel_id not in watched
