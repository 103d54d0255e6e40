"""Whoever judges learns nothing of whose work it is; whoever is judged learns nothing of who judged.

Everything that could tell is really there: a name, an address, a school unit, a file named after both, a titled link,
and times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment import completeness
from longleaf.assessment.desk import queries as desk_queries
from longleaf.assessment.models import Artifact, Submission, Upload
from longleaf.assessment.tests.desk.factories import (
    TELLING_FILE_NAME,
    TELLING_TITLE,
    hand_in,
    hand_in_again,
    read,
    seats_of,
    send_to_panel,
    take_up,
)
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels.blindness import BLIND_LEAD, BLIND_RATER, JUDGED_PERSON
from longleaf.panels.models import Panel

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def waiting(version: Version, educator: Person) -> Submission:
    return hand_in(version, educator)


@pytest.fixture
def submission(
    waiting: Submission,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    return send_to_panel(waiting, lead_assessor)


@pytest.fixture
def telling(educator: Person, district: Organisation, waiting: Submission) -> list[str]:
    """Words that would tell whose work it is, each proven to be in the data."""
    assert Upload.objects.get().original_name == TELLING_FILE_NAME
    assert Artifact.objects.get(upload=None).title == TELLING_TITLE
    return [
        educator.name,
        educator.email,
        educator.ref,
        district.name,
        district.slug,
        "Erin",
        "Earner",
        "Rivertown",
        TELLING_FILE_NAME,
        TELLING_TITLE,
        waiting.attempt.ref,
    ]


def found_in(text: str, words: Iterable[str]) -> list[str]:
    """Which of the words stand there as words: “the earner reads it” names nobody."""
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]


def visited(client: Client, *addresses: str) -> str:
    """Everything that came over the wire: bodies and headers."""
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    bodies = [
        b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        for answer in answers
    ]
    heads = [str(dict(answer.headers)) for answer in answers]
    return "\n".join([*heads, *(body.decode("utf-8", "replace") for body in bodies)])


def page(name: str, **where: str) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def test_the_search_for_words_finds_them(telling: list[str], waiting: Submission, client_of: Signed) -> None:
    """A check that cannot fail is none: the earner's own pages hold what the desk must not."""
    shown = visited(client_of(waiting.attempt.earner), f"/work/{waiting.attempt.ref}/")
    assert {"Erin Earner", waiting.attempt.ref} <= set(found_in(shown, telling))


def test_a_readers_pages_tell_nothing_of_the_earner(
    submission: Submission, telling: list[str], client_of: Signed
) -> None:
    first, second = seats_of(submission)
    client = client_of(first.rater)
    before = visited(client, page("queue"), page("read", ref=first.ref), page("decline", ref=first.ref))
    take_up(first)
    during = visited(
        client,
        page("queue"),
        page("read", ref=first.ref),
        page("preview", ref=first.ref),
        page("progress", ref=first.ref),
        page("decline", ref=first.ref),
        page("read_file", ref=first.ref, code="R2-1"),
    )
    read(first)
    read(second)
    after = visited(client, page("queue"), page("finished"), page("read", ref=first.ref))
    assert submission.ref in before
    assert found_in(before + during + after, telling) == []


def test_a_lead_assessors_pages_tell_nothing_of_the_earner(
    waiting: Submission,
    telling: list[str],
    client_of: Signed,
    lead_assessor: Person,
    first_assessor: Person,
) -> None:
    client = client_of(lead_assessor)
    shown = visited(
        client,
        page("queue"),
        page("check", ref=waiting.ref),
        page("checked_file", ref=waiting.ref, code="R2-1"),
    )
    send_to_panel(waiting, lead_assessor)
    shown += visited(client, page("queue"))
    assert waiting.ref in shown
    assert found_in(shown, telling) == []


def test_a_returned_submission_tells_nothing_when_it_comes_again(
    waiting: Submission, telling: list[str], client_of: Signed, lead_assessor: Person
) -> None:
    completeness.check(submission=waiting, missing=["R1.1"], note="Name the aim.", acting_person=lead_assessor)
    hand_in_again(waiting)
    shown = visited(client_of(lead_assessor), page("check", ref=waiting.ref))
    assert "Name the aim." in shown
    assert found_in(shown, telling) == []


def test_no_reader_sees_another_reader_or_what_they_found(
    submission: Submission, client_of: Signed, lead_assessor: Person
) -> None:
    first, second = seats_of(submission)
    read(first, A="not-yet")
    take_up(second)
    shown = visited(client_of(second.rater), page("queue"), page("read", ref=second.ref), page("finished"))
    others = [first.rater.name, first.rater.email, first.rater.ref, first.ref, lead_assessor.name, "About A."]
    assert found_in(shown, others) == []


def test_no_time_of_day_is_shown_to_those_who_judge(submission: Submission, client_of: Signed) -> None:
    first = take_up(seats_of(submission)[0])
    shown = visited(client_of(first.rater), page("queue"), page("read", ref=first.ref))
    assert re.search(r"\d{1,2}:\d{2}\s?[ap]m", shown) is None
    assert submission.submitted_at is not None
    assert submission.submitted_at.isoformat()[:16] not in shown


def test_no_address_or_page_shows_a_number_that_counts_up(submission: Submission, client_of: Signed) -> None:
    """Keys count up with time, so they would tell which work came together."""
    first = take_up(seats_of(submission)[0])
    shown = visited(client_of(first.rater), page("queue"), page("read", ref=first.ref))
    links = set(re.findall(r'(?:href|src|action|data-autosave-url|hx-get)="(/assess/[^"]*)"', shown))
    assert links
    references = re.compile(r"[A-Z]{3}-[2-9A-Z]{4}-[2-9A-Z]{4}|R\d-\d")
    assert [link for link in links if re.search(r"\d", references.sub("", link))] == []


def test_journal_views_keep_both_sides_apart(submission: Submission, telling: list[str], lead_assessor: Person) -> None:
    seats = seats_of(submission)
    for seat in seats:
        read(seat)
    known = Submission.objects.select_related("attempt", "panel").get(pk=submission.pk)
    # The lines themselves hold both sides' names; only what each side may read of them is kept apart.
    assert {"Erin Earner", "Lena Lead", "Ada First"} <= set(JournalLine.objects.values_list("actor_name", flat=True))
    judging = [lead_assessor.name, lead_assessor.ref]
    for seat in seats:
        judging += [seat.rater.name, seat.rater.email, seat.rater.ref, seat.ref]
    reader, other = (seat.rater for seat in seats)
    for sight, person, forbidden, expected in (
        (BLIND_RATER, reader, [*telling, other.name, other.ref], {"reading"}),
        (BLIND_LEAD, lead_assessor, telling, {"submission", "panel", "reading"}),
        (JUDGED_PERSON, known.attempt.earner, judging, {"attempt"}),
    ):
        lines = desk_queries.journal_of(known, sight, person=person)
        assert {line.subject.partition(":")[0] for line in lines} == expected
        text = "\n".join(f"{line.actor} {line.actor_name} {line.subject} {line.data}" for line in lines)
        assert found_in(text, forbidden) == []


def test_the_earners_pages_tell_nothing_of_those_who_judged(
    submission: Submission, client_of: Signed, lead_assessor: Person
) -> None:
    seats = seats_of(submission)
    for seat in seats:
        read(seat, A="not-yet")
    judging = [lead_assessor.name, lead_assessor.ref, Panel.objects.get().ref]
    for seat in seats:
        judging += [seat.rater.name, seat.rater.email, seat.rater.ref, seat.ref]
    attempt = submission.attempt.ref
    shown = visited(
        client_of(submission.attempt.earner), "/work/", f"/work/{attempt}/decision/", f"/work/{attempt}/history/"
    )
    assert "About A." in shown
    assert found_in(shown, judging) == []


def test_the_journal_tells_an_officer_nothing_of_work_that_they_read_or_of_who_reads_their_own(
    submission: Submission, educator: Person, agency: Organisation, client_of: Signed
) -> None:
    first, second = (take_up(seat) for seat in seats_of(submission))
    for person in (first.rater, educator):
        enrolling.give_role(person=person, organisation=agency, role=Role.STATE_OFFICER, acting_person=None)

    def told(person: Person) -> str:
        pages = (client_of(person).get("/journal/", {"page": number}) for number in (1, 2, 3))
        return "".join(unescape(page.content.decode()) for page in pages)

    seen = told(first.rater)
    assert found_in(seen, [second.ref, submission.attempt.ref]) == []
    assert f"submission:{submission.ref}" not in seen
    seen = told(educator)
    assert found_in(seen, [first.ref, second.ref]) == []
    assert submission.attempt.ref in seen
