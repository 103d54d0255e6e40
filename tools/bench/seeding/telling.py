"""What the journal tells of every attempt, in the words and shapes of the apps that would have written it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bench.seeding.attempts import DECIDED, HANDED_IN, Try, outcome_of
from bench.seeding.awards import uuid_of
from bench.seeding.journal import Line
from bench.seeding.panels import SEATS, panel_ref, reading_ref, status_of_seat
from bench.seeding.people import People, ref_of
from longleaf.assessment.events import Event as Work
from longleaf.assessment.status import AttemptStatus
from longleaf.awards.events import Event as Badge
from longleaf.panels.events import Event as Judgement
from longleaf.panels.status import AssignmentStatus


def lines_of(tries: Iterable[Try], people: People) -> Iterator[Line]:
    for each in tries:
        yield from _of_earner(each)
        if each.status in HANDED_IN and each.status is not AttemptStatus.SUBMITTED:
            yield from _of_check(each, people)
        if each.readers:
            yield from _of_panel(each)
        if each.status in DECIDED:
            yield from _of_decision(each)


def _of_earner(each: Try) -> Iterator[Line]:
    subject = f"attempt:{each.ref}"
    begun = {
        "micro_credential": each.offered.slug,
        "version": each.offered.number,
        "submission": each.submission,
    }
    yield Line(each.began, Work.STARTED, each.earner, subject, begun)
    if each.status in HANDED_IN:
        handed_in = {"from": "draft", "round": 1, "submission": each.submission, "due": each.due.date().isoformat()}
        yield Line(each.submitted, Work.SUBMITTED, each.earner, subject, handed_in)
    if each.status is AttemptStatus.WITHDRAWN:
        yield Line(each.submitted, Work.WITHDRAWN, each.earner, subject, {"from": "draft"})


def _of_check(each: Try, people: People) -> Iterator[Line]:
    complete = each.status is not AttemptStatus.RETURNED
    lead = people.leads[each.offered.issuer_id]
    seen = {"complete": complete, "missing": []}
    yield Line(each.checked, Work.COMPLETENESS_CHECKED, lead, f"submission:{each.submission}", seen)
    told = Work.COMPLETENESS_PASSED if complete else Work.COMPLETENESS_RETURNED
    yield Line(each.checked, told, 0, f"attempt:{each.ref}", {"from": "submitted", "round": 1, "missing": []})


def _of_panel(each: Try) -> Iterator[Line]:
    subject = f"panel:{panel_ref(each)}"
    about = {"panel": panel_ref(each), "subject": each.submission}
    yield Line(each.checked, Judgement.PANEL_CONVENED, 0, subject, {"subject": each.submission, "readers": SEATS})
    for seat, rater in enumerate(each.readers):
        reading, status = reading_ref(each, seat), status_of_seat(each, seat)
        offered = {"reading": reading, "seat": seat + 1, "rater": ref_of(rater)}
        yield Line(each.checked, Judgement.SEAT_OFFERED, 0, subject, offered)
        if status is not AssignmentStatus.OFFERED:
            opened = each.checked + timedelta(days=1)
            yield Line(opened, Judgement.SEAT_TAKEN_UP, rater, f"reading:{reading}", about)
        if status is AssignmentStatus.SUBMITTED:
            yield Line(each.decided, Judgement.READING_HANDED_IN, rater, f"reading:{reading}", about)


def _of_decision(each: Try) -> Iterator[Line]:
    verdict = {"verdict": "demonstrated" if each.is_demonstrated else "not_yet"}
    yield Line(each.decided, Judgement.PANEL_DECIDED, 0, f"panel:{panel_ref(each)}", verdict)
    yield Line(each.decided, Work.DECISION_MADE, each.readers[-1], f"submission:{each.submission}", verdict)
    met = {found["code"]: found["met"] for found in outcome_of(each)["criteria"]}
    told = Work.DECIDED_DEMONSTRATED if each.is_demonstrated else Work.DECIDED_NOT_YET
    yield Line(each.decided, told, 0, f"attempt:{each.ref}", {"from": "in_review", "round": 1, "met": met})
    if each.is_demonstrated and not each.to_be_signed:
        data = {"occasion": f"attempt:{each.ref}", "earner": ref_of(each.earner), "version": str(each.offered.uuid)}
        yield Line(each.decided, Badge.AWARD_ISSUED, 0, f"award:{uuid_of(each)}", data)
