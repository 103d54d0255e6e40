"""Names found in evidence before it is handed in, and an earner's word that something is no name.

Texts, titles, links and names of files are looked through as the page is asked for; files were read when they arrived
(`reading`), and the words of recordings when they were added (`evidence.transcribing`). Findings are worked out each
time and never stored: what is stored is a keyed digest of what was answered.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from longleaf.assessment.errors import NoSuchFinding
from longleaf.assessment.holding import hold_for_writing
from longleaf.assessment.models import AiStatement, FileText, NameAnswer, Submission, Upload
from longleaf.assessment.privacy import names, roster
from longleaf.assessment.privacy.names import NameSearch
from longleaf.assessment.queries import Piece, Work
from longleaf.assessment.status import WITH_TEXT, TextState
from longleaf.directory.queries import roles_of

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# More than anybody answers one by one; whoever has so many changes the text, and the next ones show.
MOST_FINDINGS = 60


@dataclass(frozen=True)
class Place:
    """A text that is looked through: of which requirement, what it is called, and where it is changed."""

    requirement: str
    title: str
    what: str
    text: str
    key: str


@dataclass(frozen=True)
class Finding:
    """A name where it stands. `perhaps`: the word may well be no name; `digest` is how it is answered."""

    place: Place
    before: str
    name: str
    after: str
    perhaps: bool
    digest: str


@dataclass(frozen=True)
class Look:
    """What a look through everything found: open findings, how many were answered, and files not looked through.

    `waiting` are files that will be read in a moment, `unread` those that software cannot read or not wholly; pages
    behind `links` are not opened.
    """

    findings: Sequence[Finding]
    answered: int
    waiting: Sequence[str]
    unread: Sequence[str]
    names: Sequence[str]
    links: Sequence[str] = ()
    may_be_more: bool = False


def look_through(work: Work) -> Look:
    """Everything that the earner brought, looked through for names, in a constant number of queries."""
    listed = roster.names_of(work.attempt)
    brought = [each for piece in work.pieces for each in piece.artifacts]
    changeable = [each for piece in work.pieces if not piece.response.locked for each in piece.artifacts]
    uploads = [each.upload for each in brought if each.upload]
    called = {each.upload_id: each.name_for(work.attempt.earner_id) for each in brought if each.upload}
    words = {each.transcript_id for each in brought if each.transcript_id}
    read = FileText.objects.filter(upload__in={each.pk for each in uploads} | words)
    texts = {each.upload_id: each for each in read}
    search = _search(work.attempt.earner, listed)
    found = list(islice(_found(search, _places(work, texts)), MOST_FINDINGS * 4))
    answers = set(NameAnswer.objects.filter(submission__attempt=work.attempt).values_list("finding", flat=True))
    still_open = [each for each in found if each.digest not in answers]
    with_text = [each for each in uploads if each.kind in WITH_TEXT]
    return Look(
        findings=still_open[:MOST_FINDINGS],
        answered=len(found) - len(still_open),
        waiting=[called[each.pk] for each in with_text if each.pk not in texts],
        unread=[called[each.pk] for each in uploads if _is_unread(each, texts.get(each.pk))],
        names=listed,
        links=[each.title or each.link for each in changeable if each.link],
        may_be_more=len(still_open) > MOST_FINDINGS or len(found) == MOST_FINDINGS * 4,
    )


@transaction.atomic
def answer(*, work: Work, finding: str, acting_person: Person) -> None:
    """Say that what was found is not a name where it stands; kept with the submission. Saying it twice says it once.

    Raises `NoSuchFinding` where it is not found (any more), and what `holding` raises.
    """
    hold_for_writing(work.submission, acting_person=acting_person)
    if finding not in {each.digest for each in look_through(work).findings}:
        if NameAnswer.objects.filter(submission__attempt=work.attempt, finding=finding).exists():
            return
        raise NoSuchFinding("This is not found in your evidence any more. Look at the list as it is now.")
    NameAnswer.objects.get_or_create(submission=work.submission, finding=finding)


def answers_kept_with(submission: Submission) -> int:
    """How many findings the earner said are no names, up to this round."""
    rounds = NameAnswer.objects.filter(
        submission__attempt=submission.attempt_id, submission__round__lte=submission.round
    )
    return rounds.count()


def _search(earner: Person, listed: Sequence[str]) -> NameSearch:
    organisations = [held.organisation.name for held in roles_of(earner)]
    return NameSearch([*listed, earner.name], organisations)


def _places(work: Work, texts: dict[int, FileText]) -> Iterator[Place]:
    statements = AiStatement.objects.filter(response__submission=work.submission)
    said: dict[tuple[str, int | None], str] = {
        (code, of): words for code, of, words in statements.values_list("response__requirement", "artifact", "words")
    }
    for piece in work.pieces:
        if not piece.response.locked:
            yield from _places_of(piece, texts, said, work.attempt.earner_id)


def _places_of(
    piece: Piece, texts: dict[int, FileText], said: Mapping[tuple[str, int | None], str], earner_id: int
) -> Iterator[Place]:
    code, title = piece.code, piece.requirement.title
    tools = "what you say of tools"
    yield Place(code, title, "your text", names.as_searched(piece.response.text), f"text:{code}")
    yield Place(code, title, tools, names.as_searched(said.get((code, None), "")), f"tools:{code}")
    if piece.own_part:
        yield Place(code, title, "what you did yourself", names.as_searched(piece.own_part.text), f"part:{code}")
    for artifact in piece.artifacts:
        upload = artifact.upload
        thing = upload.ref if upload else artifact.link
        yield Place(code, title, tools, names.as_searched(said.get((code, artifact.pk), "")), f"tools:{code}:{thing}")
        if upload is None:
            yield Place(code, title, "a link", names.taken_apart(artifact.link), f"link:{artifact.link}")
            yield Place(code, title, "the title of a link", names.as_searched(artifact.title), f"title:{artifact.link}")
            continue
        own = artifact.name_for(earner_id)
        if upload.owner_id == earner_id:
            yield Place(code, title, "the name of a file", names.taken_apart(own), f"name:{upload.ref}")
        if inside := texts.get(upload.pk):
            yield Place(code, title, f"the file “{own}”", names.as_searched(inside.text), f"file:{upload.ref}")
        if artifact.transcript and (said_in := texts.get(artifact.transcript.pk)):
            yield Place(
                code,
                title,
                f"the words of “{own}”",
                names.as_searched(said_in.text),
                f"words:{artifact.transcript.ref}",
            )


def _found(search: NameSearch, places: Iterator[Place]) -> Iterator[Finding]:
    for place in places:
        seen: dict[str, int] = {}
        for hit in islice(search.find(place.text), names.MOST_HITS):
            before, name, after = names.around(place.text, hit)
            words = f"{before}|{name}|{after}"
            # The same words twice in one text are two findings, each to be answered.
            seen[words] = seen.get(words, 0) + 1
            yield Finding(place, before, name, after, hit.perhaps, _digest(place.key, words, seen[words]))


def _digest(key: str, words: str, number: int) -> str:
    """Keyed, so that nobody who holds the database can try names against it."""
    told = f"{key}\n{words}\n{number}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def _is_unread(upload: Upload, text: FileText | None) -> bool:
    return upload.kind not in WITH_TEXT or (text is not None and text.state != TextState.READ)
