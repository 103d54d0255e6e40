"""Who may know what about a judgement. One policy; every page, list, file name and journal view asks it.

Names are the least of it: systems that hid names have told through order, times, file names and counts. So the policy
speaks of all of these, and a page that shows something of a judgement takes it from here instead of deciding itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

Row = TypeVar("Row", bound=Any)


class Standpoint(StrEnum):
    """From where somebody looks at a judgement. Whoever stands nowhere is a stranger and is answered 404."""

    SUBJECT = "the person whose work is judged"
    RATER = "somebody who reads it"
    LEAD = "a lead assessor of the pool"
    ADJUDICATOR = "whoever decides what its readers differ on"
    APPEAL_LEAD = "a lead assessor without a part in it, who looks at an appeal against it"
    OFFICER = "an officer who decides on what was read, when it is read"
    PUBLIC = "anybody, where what came of a judgement stands in a public register"
    RECONCILER = "a reader in the room where those meet who differ"
    MENTOR = "somebody whom the earner lets look at the draft"
    MENTOR_WITH_LETTER = "the same, where the earner shows the decision too"
    STRANGER = "anybody else"


class Fact(StrEnum):
    SUBJECT_NAME = "whose work it is"
    SUBJECT_ORGANISATION = "where that person works"
    OWN_FILE_NAMES = "what the files were called, and what their owner titled them"
    EXACT_TIMES = "when something happened, to the minute"
    RATER_NAMES = "who reads"
    READINGS_UNDER_WAY = "levels and comments before the judgement is made"
    OTHER_READINGS = "which of the readers found what"
    COMMENTS = "what the readers wrote, without who wrote it"
    NOTES_TO_LEAD = "what the readers tell the lead assessor and not the person whose work is judged"
    OUTCOME = "what came of it"
    COUNT_OF_READERS = "how many read, and whether they differed"


SEES: Mapping[Standpoint, frozenset[Fact]] = {
    Standpoint.SUBJECT: frozenset(
        {
            Fact.SUBJECT_NAME,
            Fact.SUBJECT_ORGANISATION,
            Fact.OWN_FILE_NAMES,
            Fact.COMMENTS,
            Fact.OUTCOME,
            Fact.COUNT_OF_READERS,
        }
    ),
    # A rater sees the work and what they wrote themselves. Even the outcome stays away: a second round may reach them.
    Standpoint.RATER: frozenset(),
    # A lead assessor keeps the queue moving. That takes no name of an earner, and no reading before its judgement.
    # What readers address to them is theirs, without whose it is.
    Standpoint.LEAD: frozenset({Fact.RATER_NAMES, Fact.COUNT_OF_READERS, Fact.NOTES_TO_LEAD}),
    # What the readers found and wrote, side by side, is what there is to decide on; who they are never is.
    Standpoint.ADJUDICATOR: frozenset(
        {
            Fact.READINGS_UNDER_WAY,
            Fact.OTHER_READINGS,
            Fact.COMMENTS,
            Fact.NOTES_TO_LEAD,
            Fact.COUNT_OF_READERS,
        }
    ),
    # Whether an objection could be true is seen from what was found and written, never from who wrote it or earns it.
    Standpoint.APPEAL_LEAD: frozenset({Fact.COMMENTS, Fact.OUTCOME, Fact.COUNT_OF_READERS}),
    # A register tells what was found and where it stands, and keeps to itself what was written for the issuer.
    Standpoint.PUBLIC: frozenset({Fact.SUBJECT_ORGANISATION, Fact.OUTCOME, Fact.COUNT_OF_READERS}),
    # Readers who differ see what the others found and wrote, never who they are: rank must not decide.
    Standpoint.RECONCILER: frozenset({Fact.OTHER_READINGS, Fact.COMMENTS, Fact.COUNT_OF_READERS}),
    # An officer answers for the decision with all that was found, and need not know who found it.
    Standpoint.OFFICER: frozenset(
        {
            Fact.SUBJECT_NAME,
            Fact.SUBJECT_ORGANISATION,
            Fact.OTHER_READINGS,
            Fact.COMMENTS,
            Fact.OUTCOME,
            Fact.COUNT_OF_READERS,
        }
    ),
    # Files keep their neutral names: what their owner called them was never meant for others.
    Standpoint.MENTOR: frozenset({Fact.SUBJECT_NAME}),
    Standpoint.MENTOR_WITH_LETTER: frozenset({Fact.SUBJECT_NAME, Fact.COMMENTS, Fact.OUTCOME}),
    Standpoint.STRANGER: frozenset(),
}

# Journal lines are told apart by what they are about: whoever is judged may read lines about their own attempt; those
# who judge, lines about the reference under which they know it. Whoever records a line chooses its subject by this.
JOURNAL_SUBJECTS: Mapping[Standpoint, tuple[str, ...]] = {
    Standpoint.SUBJECT: ("attempt", "mentoring", "team"),
    Standpoint.RATER: ("reading",),
    Standpoint.LEAD: ("submission", "panel", "reading", "anchor", "certification", "rubric", "gate"),
    Standpoint.ADJUDICATOR: (),
    Standpoint.APPEAL_LEAD: (),
    Standpoint.RECONCILER: ("reading",),
    Standpoint.PUBLIC: (),
    Standpoint.OFFICER: ("review", "panel"),
    Standpoint.MENTOR: ("mentoring",),
    Standpoint.MENTOR_WITH_LETTER: ("mentoring",),
    Standpoint.STRANGER: (),
}


@dataclass(frozen=True)
class Blindness:
    """What one standpoint lets somebody see."""

    standpoint: Standpoint

    def shows(self, fact: Fact) -> bool:
        return fact in SEES[self.standpoint]

    def moment(self, moment: datetime | None) -> datetime | date | None:
        """A moment as it may be shown: to the day for everybody who could tell a person by the minute."""
        if moment is None or self.shows(Fact.EXACT_TIMES):
            return moment
        return timezone.localdate(moment)

    def artifact_name(self, position: int, *, own: str = "") -> str:
        """What a piece of evidence is called here: by its owner's own name, or a neutral one such as Artifact 1."""
        if own and self.shows(Fact.OWN_FILE_NAMES):
            return own
        return f"Artifact {position}"

    def file_name(self, requirement: str, position: int, extension: str, *, own: str = "") -> str:
        """The name under which a file is saved, such as R2-1.pdf."""
        if own and self.shows(Fact.OWN_FILE_NAMES):
            return own
        return f"{requirement}-{position}{extension}"

    def ordered(self, rows: QuerySet[Row], *, due: str, ref: str) -> QuerySet[Row]:
        """A list by due day and then by random reference: what arrived first must not show which came together.

        What is due is due when a day ends (`panels.convening`), so the moment orders by days and an index can serve it.
        """
        return rows.order_by(due, ref)

    def unattributed(self, comments: Iterable[str]) -> list[str]:
        """Comments without who wrote them, in an order that does not tell: the same hand is not always first."""
        return sorted(comment for comment in comments if comment)

    def may_read_journal_of(self, subject: str) -> bool:
        """Whether lines with this subject (`panel:PAN-…`) may be shown here."""
        return subject.partition(":")[0] in JOURNAL_SUBJECTS[self.standpoint]


BLIND_RATER = Blindness(Standpoint.RATER)
BLIND_LEAD = Blindness(Standpoint.LEAD)
PUBLIC = Blindness(Standpoint.PUBLIC)
BLIND_ADJUDICATOR = Blindness(Standpoint.ADJUDICATOR)
BLIND_OFFICER = Blindness(Standpoint.OFFICER)
BLIND_RECONCILER = Blindness(Standpoint.RECONCILER)
BLIND_APPEAL_LEAD = Blindness(Standpoint.APPEAL_LEAD)
JUDGED_PERSON = Blindness(Standpoint.SUBJECT)
MENTOR = Blindness(Standpoint.MENTOR)
MENTOR_WITH_LETTER = Blindness(Standpoint.MENTOR_WITH_LETTER)
