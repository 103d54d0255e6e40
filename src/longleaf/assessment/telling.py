"""What an earner is told of an attempt: where it stands, what is asked now, what comes next and when, what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from longleaf.assessment.events import Event
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.journal.queries import lines_about
from longleaf.kit.dates import day
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.journal.models import JournalLine

S = AttemptStatus
KINDS: Mapping[AttemptStatus, str] = {
    S.DRAFT: "moving",
    S.SUBMITTED: "waiting",
    S.RETURNED: "attention",
    S.IN_REVIEW: "waiting",
    S.NOT_YET: "attention",
    S.APPEALED: "waiting",
    S.DEMONSTRATED: "good",
    S.WITHDRAWN: "ended",
    S.SAMPLE: "ended",
}


@dataclass(frozen=True)
class Told:
    """`kind` is how the kit draws the state, `whose` says whose turn it is: yours, theirs, done."""

    word: str
    kind: str
    whose: str
    now: str
    then: str = ""
    then_when: str = ""


@dataclass(frozen=True)
class Happening:
    """Something that happened, happens now or is still ahead; `state` is done, now, ahead or stopped."""

    title: str
    state: str
    when: datetime | str | None = None
    text: str = ""


def where_it_stands(attempt: Attempt, submission: Submission, *, readers: int | None = None) -> Told:
    """Where an attempt stands, in its earner's words; by how many it is read, where that is known."""
    status = AttemptStatus(attempt.status)
    word, kind = _word(status, attempt.round), KINDS[status]
    turnaround = number(attempt.version.turnaround_business_days, "business day")
    expected = _expected(submission) or f"Decision within {turnaround}"
    if status is S.DRAFT:
        mends = attempt.round > 1 and not submission.other_work
        now = "Change what was not yet met, and resubmit." if mends else "Gather your evidence and hand it in."
        return Told(word, kind, "yours", now, "Assessors who do not know you read it.", f"Decision within {turnaround}")
    if status is S.RETURNED:
        return Told(
            word,
            kind,
            "yours",
            "Add what was missing and hand it in again.",
            "Assessors read it.",
            f"Decision within {turnaround}",
        )
    if status is S.SUBMITTED:
        return Told(
            word, kind, "theirs", "A lead assessor looks whether everything is there.", "Assessors read it.", expected
        )
    if status is S.IN_REVIEW:
        now = f"{_reading(readers)} it now, without knowing whose it is."
        return Told(word, kind, "theirs", now, "You get the decision with feedback on each criterion.", expected)
    if status is S.NOT_YET:
        return Told(
            word, kind, "yours", "Read the feedback, then change what was not yet met.", "You resubmit only that."
        )
    if status is S.APPEALED:
        then = "You get the answer as a letter; what was met stays met whatever it says."
        return Told(word, kind, "theirs", "Your appeal against the decision is under way.", then)
    if status is S.DEMONSTRATED:
        return Told(word, kind, "done", "You have demonstrated this competency.")
    if status is S.SAMPLE:
        return Told(word, kind, "done", "Assessors train and are tested with it. Nobody is judged by it.")
    return Told(word, kind, "done", "You withdrew this attempt. You may begin a new one.")


def what_happened(attempt: Attempt) -> list[Happening]:
    """The journal of an attempt, oldest first, without the names of those who read it."""
    told = (_told(line) for line in lines_about(f"attempt:{attempt.ref}"))
    return [each for each in told if each is not None]


def what_is_ahead(attempt: Attempt, submission: Submission, *, readers: int | None = None) -> list[Happening]:
    """What happens now and what is still to come."""
    status = AttemptStatus(attempt.status)
    told = where_it_stands(attempt, submission, readers=readers)
    if told.whose == "done":
        return []
    ahead = [Happening(told.now, "now")]
    if status is S.APPEALED:
        return [*ahead, Happening("The answer to your appeal", "ahead")]
    if status in {S.DRAFT, S.RETURNED, S.NOT_YET}:
        ahead.append(Happening("You hand it in", "ahead"))
    if status is not S.IN_REVIEW:
        ahead.append(Happening("Assessors read it, blind", "ahead"))
    ahead.append(Happening("Decision with feedback on each criterion", "ahead", expected_on(submission, status)))
    return ahead


def expected_on(submission: Submission, status: AttemptStatus) -> datetime | None:
    """When the decision is to be expected, once it has been promised."""
    return submission.expected_at if status in {S.SUBMITTED, S.IN_REVIEW} else None


def _reading(readers: int | None) -> str:
    if readers is None:
        return "Assessors read"
    return f"{number(readers, 'assessor').capitalize()} {'reads' if readers == 1 else 'read'}"


def _expected(submission: Submission) -> str:
    if submission.promised_anew:
        return f"Decision by {day(submission.promised_anew)}; it was promised by {day(submission.due_at)} and is late"
    return f"Decision by {day(submission.due_at)}" if submission.due_at else ""


def _word(status: AttemptStatus, round_number: int) -> str:
    return "Resubmission" if status is S.DRAFT and round_number > 1 else str(status.label)


def _told(line: JournalLine) -> Happening | None:
    tell = TELL.get(line.event)
    if tell is None:
        return None
    title, state = tell
    return Happening(title.format(round=line.data.get("round", 1)), state, line.at, _detail(line.event, line.data))


def _detail(event: str, data: Mapping[str, Any]) -> str:
    if event == Event.SUBMITTED and data.get("submission"):
        return f"Submission {data['submission']}."
    if event in {Event.ROUND_OPENED, Event.WORK_REPLACED}:
        met: Sequence[str] = data.get("met_before", [])
        return f"Carried over as met: {number(len(met), 'criterion', 'criteria')}." if met else ""
    if event in {Event.DECISION_LATE, Event.APPEAL_LATE}:
        return f"Expect it by {day(date.fromisoformat(data['expected']))}."
    if event == Event.APPEAL_NOT_ADMITTED:
        return str(data.get("reason", ""))
    if event == Event.COMPLETENESS_RETURNED:
        return str(data.get("note", ""))
    return ""


# Events that are not here are nobody's business but the issuer's.
TELL: Mapping[str, tuple[str, str]] = {
    Event.STARTED.value: ("You began", "done"),
    Event.SUBMITTED.value: ("You handed in round {round}", "done"),
    Event.COMPLETENESS_PASSED.value: ("Everything asked for was found", "done"),
    Event.COMPLETENESS_RETURNED.value: ("Returned, because something was missing", "done"),
    Event.DECIDED_DEMONSTRATED.value: ("Decided: demonstrated", "done"),
    Event.DECIDED_NOT_YET.value: ("Decided: not yet", "done"),
    Event.ROUND_OPENED.value: ("You opened round {round}", "done"),
    Event.WORK_REPLACED.value: ("You opened round {round} with other work", "done"),
    Event.MEETING_SAID.value: ("You said that you met a coach", "done"),
    Event.MEETING_CONFIRMED.value: ("Your coach confirmed that you met", "done"),
    Event.MEETING_NOT_CONFIRMED.value: ("Your coach did not confirm that you met", "done"),
    Event.APPEAL_LODGED.value: ("You appealed against the decision on round {round}", "done"),
    Event.APPEAL_WITHDRAWN.value: ("You took your appeal back", "done"),
    Event.APPEAL_ADMITTED.value: ("Your appeal was admitted: others read the evidence anew", "done"),
    Event.APPEAL_NOT_ADMITTED.value: ("Your appeal was not admitted", "done"),
    Event.APPEAL_STANDS.value: ("Answered: the decision stands", "done"),
    Event.APPEAL_CHANGED.value: ("Answered: the decision is changed", "done"),
    Event.DECISION_LATE.value: ("The decision could not be made by the day that was promised", "done"),
    Event.APPEAL_LATE.value: ("Your appeal could not be answered by the day that was promised", "done"),
    Event.WITHDRAWN.value: ("You withdrew", "stopped"),
    Event.RETENTION_TOLD.value: ("You were told what will be deleted", "done"),
    Event.RETENTION_LET_GO.value: ("Deleted: its time was over", "done"),
    Event.SAMPLE_KEPT.value: ("You kept it as a sample for assessors", "done"),
    Event.EVIDENCE_LENT.value: ("You lent round {round} to train assessors", "done"),
    Event.EVIDENCE_TAKEN_BACK.value: ("You took round {round} back", "done"),
    Event.EVIDENCE_LOAN_ENDED.value: ("Round {round} is lent no more: a person shown took consent back", "done"),
}
