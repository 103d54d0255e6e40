"""An earner's word on what software cannot look into: no name can be read or heard in it.

Names are looked for in texts and documents (`looking`). Pictures, sound, film and scans, documents that hold pictures,
and what links lead to are looked through by whoever brings them; so it is said of each, once for all rounds, and anew
once other words come with a recording.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold_for_writing
from longleaf.assessment.models import Artifact, FileText, LookedThrough, Submission, TeamMember
from longleaf.assessment.privacy.consent import thing_of
from longleaf.assessment.queries import Work, work_on
from longleaf.assessment.status import MADE_TOGETHER, TextState
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person

SAID = "I looked: no student’s or school’s name can be read or heard."


@dataclass(frozen=True)
class Unread:
    """A file or link that software has not wholly looked through. `code` is as those who judge call it, R2-1."""

    artifact: Artifact
    code: str
    name: str
    is_said: bool

    @property
    def is_link(self) -> bool:
        return self.artifact.upload is None


def to_look_through(work: Work) -> list[Unread]:
    """What the earner is asked to look through in this round, in a constant number of queries.

    Of what a team made, one member's word is enough. A document that is still being read is asked for until it is read.
    """
    said = set(LookedThrough.objects.filter(attempt=work.attempt).values_list("thing", flat=True))
    return [
        Unread(each, code, each.name_for(work.attempt.earner_id), _looked_at(each) in said)
        for code, each in _unread(work)
    ]


def left_to_look_through(work: Work) -> list[Unread]:
    """Those of them of which it is still to be said."""
    return [each for each in to_look_through(work) if not each.is_said]


def codes_looked_through(submission: Submission) -> frozenset[str]:
    """The neutral codes of what an earner, or another of the team, said it of, for whoever checks what is there."""
    work = work_on(submission.attempt, submission)
    said = set(LookedThrough.objects.filter(attempt=work.attempt).values_list("thing", flat=True))
    said |= _said_in_teams(work)
    return frozenset(code for code, each in _brought(work) if _looked_at(each) in said)


@transaction.atomic
def say_looked_through(*, submission: Submission, artifacts: Collection[int], acting_person: Person) -> list[Unread]:
    """Say of these files and links, by their keys, and of no other that is asked for, that they show and tell no name.

    Saying the same again says it once; keys of anything else are passed over. Raises what `holding` raises.
    """
    attempt = hold_for_writing(submission, acting_person=acting_person)
    asked = to_look_through(work_on(attempt, submission))
    said = [each for each in asked if each.artifact.pk in artifacts]
    if {each.code for each in asked if each.is_said} == {each.code for each in said}:
        return said
    things = {_looked_at(each.artifact) for each in said}
    dropped = {_looked_at(each.artifact) for each in asked} - things
    LookedThrough.objects.filter(attempt=attempt, thing__in=dropped).delete()
    known = set(LookedThrough.objects.filter(attempt=attempt).values_list("thing", flat=True))
    LookedThrough.objects.bulk_create(LookedThrough(attempt=attempt, thing=each) for each in sorted(things - known))
    data = {"round": submission.round, "of": [each.code for each in said]}
    record(Event.LOOKED_THROUGH, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return said


def _looked_at(artifact: Artifact) -> str:
    """What somebody has looked at: a file or link, with the words that belong to a recording."""
    return f"{thing_of(artifact)}+{artifact.transcript.ref}" if artifact.transcript else thing_of(artifact)


def _unread(work: Work) -> Iterator[tuple[str, Artifact]]:
    read = FileText.objects.filter(upload__artifacts__response__submission=work.submission, state=TextState.READ)
    whole = set(read.values_list("upload", flat=True))
    elsewhere = _said_in_teams(work)
    locked = {piece.code for piece in work.pieces if piece.response.locked}
    for code, each in _brought(work):
        # No link is opened by software, and nothing is left to look at where a time was over.
        is_asked = each.let_go_at is None and each.upload_id not in whole and _looked_at(each) not in elsewhere
        if is_asked and code.rpartition("-")[0] not in locked:
            yield code, each


def _brought(work: Work) -> Iterator[tuple[str, Artifact]]:
    for piece in work.pieces:
        for number, each in enumerate(piece.artifacts, 1):
            if each.taken_away_at is None:
                yield f"{piece.code}-{number}", each


def _said_in_teams(work: Work) -> frozenset[str]:
    """Of what a team made, that of which another of its members has said it."""
    teams = {each.team_id for piece in work.pieces for each in piece.artifacts if each.team_id}
    if not teams:
        return frozenset()
    members = TeamMember.objects.filter(team__in=teams, status__in=MADE_TOGETHER).exclude(attempt=work.attempt)
    made = {_looked_at(each) for _, each in _brought(work) if each.team_id}
    said = LookedThrough.objects.filter(attempt__in=members.values("attempt"), thing__in=made)
    return frozenset(said.values_list("thing", flat=True))
