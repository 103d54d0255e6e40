"""What an earner says of the tools that helped with each text, file and link: which they were, and for what.

It is said of each by itself, because a picture may be drawn by a tool where the text beside it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction

from longleaf.assessment.errors import StatementNotWelcome
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import AiStatement, Artifact, Attempt, Response, Submission
from longleaf.assessment.privacy.consent import thing_of
from longleaf.assessment.queries import Piece, Work, work_on
from longleaf.assessment.status import AiUse
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_WORDS = 500
# By requirement and artifact; what is said of the text has no artifact.
Statements: TypeAlias = Mapping[tuple[str, int | None], AiStatement]


@dataclass(frozen=True)
class Part:
    """A text, file or link of which it is said what helped to make it.

    `code` is as neutral as those who judge call it, R2-1; `key` is what the earner's page calls it. `before` is the
    newest that was said of the same in an earlier round: what the page begins with.
    """

    response: Response
    artifact: Artifact | None
    code: str
    name: str
    said: AiStatement | None
    before: AiStatement | None

    @property
    def key(self) -> str:
        return f"{self.response.requirement}-{self.artifact.pk if self.artifact else 'text'}"

    @property
    def called(self) -> str:
        """Its name where a line begins with it."""
        return self.name[0].upper() + self.name[1:]

    @property
    def is_open(self) -> bool:
        return self.said is None and not self.response.locked


@transaction.atomic
def say_what_was_used(
    *, submission: Submission, part: str, uses: Collection[str], words: str, acting_person: Person
) -> AiStatement:
    """Say what was used for one text, file or link, by its key. `none` stands alone; whatever else is told of in words.

    It is kept with the submission and shown to assessors without the name. It never scores anything. Saying the same
    again says it once. Raises `StatementNotWelcome`, also where it is gone, and what `holding` raises.
    """
    attempt = hold_for_writing(submission, acting_person=acting_person)
    found = {each.key: each for each in _flat(parts_in(work_on(attempt, submission)))}.get(part)
    if found is None:
        raise StatementNotWelcome("This is not in your evidence any more. Look at the page as it is now.")
    open_response(submission, found.response.requirement)
    words = words.replace("\x00", "").strip()
    _require_welcome(part, uses, words)
    chosen = [use for use in AiUse.values if use in set(uses)]
    if found.said and (found.said.uses, found.said.words) == (chosen, words):
        return found.said
    said, _ = AiStatement.objects.update_or_create(
        response=found.response, artifact=found.artifact, defaults={"uses": chosen, "words": words}
    )
    _record(submission, attempt, [found], chosen, acting_person)
    return said


@transaction.atomic
def say_none_was_used(*, submission: Submission, acting_person: Person) -> list[AiStatement]:
    """Say of everything of which nothing is said yet that no such tool was used: one statement each, one journal line.

    Raises what `holding` raises. With nothing left to say it says nothing.
    """
    attempt = hold_for_writing(submission, acting_person=acting_person)
    left = _flat(unsaid_in(work_on(attempt, submission)))
    if not left:
        return []
    none = [AiUse.NONE.value]
    said = [AiStatement(response=each.response, artifact=each.artifact, uses=none) for each in left]
    _record(submission, attempt, left, none, acting_person)
    return AiStatement.objects.bulk_create(said)


def statements_in(submission: Submission) -> Statements:
    """What was said in a round, by requirement and artifact."""
    said = AiStatement.objects.filter(response__submission=submission).select_related("response")
    return {(each.response.requirement, each.artifact_id): each for each in said}


def parts_in(work: Work) -> dict[str, list[Part]]:
    """By requirement, everything of which something is, or is to be, said; in two questions."""
    said, before = statements_in(work.submission), _said_so_far(work.attempt)
    return {piece.code: _parts_of(piece, said, before, work.attempt.earner_id) for piece in work.pieces}


def unsaid_in(work: Work) -> dict[str, list[Part]]:
    """By requirement, what is still to be said before handing in; a requirement with nothing left is left out."""
    found = {code: [each for each in parts if each.is_open] for code, parts in parts_in(work).items()}
    return {code: parts for code, parts in found.items() if parts}


def _parts_of(piece: Piece, said: Statements, before: Mapping[str, AiStatement], earner_id: int) -> list[Part]:
    parts = []
    if piece.response.text.strip():
        known = before.get(piece.code)
        parts.append(Part(piece.response, None, piece.code, "your text", said.get((piece.code, None)), known))
    for number, each in enumerate(piece.artifacts, 1):
        if each.taken_away_at is None:
            code, name = f"{piece.code}-{number}", f"“{each.name_for(earner_id)}”"
            known = before.get(f"{piece.code}:{thing_of(each)}")
            parts.append(Part(piece.response, each, code, name, said.get((piece.code, each.pk)), known))
    return parts


def _said_so_far(attempt: Attempt) -> dict[str, AiStatement]:
    """The newest of each text, and of each file or link known by what it is, over all rounds."""
    rows = AiStatement.objects.filter(response__submission__attempt=attempt)
    said = rows.select_related("response", "artifact__upload").order_by("response__submission__round", "pk")
    return {
        f"{each.response.requirement}:{thing_of(each.artifact)}" if each.artifact else each.response.requirement: each
        for each in said
    }


def _flat(parts: Mapping[str, list[Part]]) -> list[Part]:
    return [each for of_one in parts.values() for each in of_one]


def _require_welcome(part: str, uses: Collection[str], words: str) -> None:
    sentence = ""
    if not uses or set(uses) - set(AiUse.values):
        sentence = "Say for what such a tool was used, or that none was."
    elif AiUse.NONE in uses and len(set(uses)) > 1:
        sentence = "“No such tool” stands alone. Take it away, or the others."
    elif AiUse.NONE not in uses and not words:
        sentence = "Say in a few words which tool it was and what it did."
    elif len(words) > LONGEST_WORDS:
        sentence = f"Say it in at most {LONGEST_WORDS} characters; these are {len(words)}."
    if sentence:
        raise StatementNotWelcome(sentence, fields={f"uses-{part}": sentence})


def _record(
    submission: Submission, attempt: Attempt, parts: Collection[Part], uses: list[str], acting_person: Person
) -> None:
    # Not the words: somebody may stand in them, and the journal never forgets.
    data = {"round": submission.round, "of": [each.code for each in parts], "uses": uses}
    record(Event.TOOLS_SAID, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
