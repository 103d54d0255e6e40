"""The verbs on evidence being gathered: keep a text, add a link, take a piece away, choose what a badge tells of."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from longleaf.assessment.errors import (
    LinkNotWelcome,
    NoSuchAttempt,
    NoSuchRequirement,
    StaleRevision,
    TextNotWelcome,
)
from longleaf.assessment.evidence import file_store
from longleaf.assessment.holding import hold_for_writing, open_response
from longleaf.assessment.models import Artifact, Attempt, Response, Submission, Upload
from longleaf.catalog.design import Design
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# Far beyond any word limit: it keeps a runaway paste from filling the database.
LONGEST_TEXT = 100_000
LONGEST_LINK = 500
MOST_LINKS = 10
LONGEST_TITLE = 200
LONGEST_PAGE = 20


@transaction.atomic
def save_text(
    *,
    submission: Submission,
    requirement: str,
    text: str,
    revision: int,
    acting_person: Person,
    page: str = "",
    is_last_word: bool = False,
) -> Response:
    """Keep what was typed for a requirement. `revision` is the one that the typing began from.

    `page` names the open page it is typed on. A page that saves by itself while somebody types and is then sent as a
    form knows only the revision it began from; `is_last_word` lets that form follow what its own page saved before.

    The same text again changes nothing, so an answer lost on the way may be asked for anew. Raises `StaleRevision` with
    the server's text when another page saved since, `TextNotWelcome`, and what `holding` raises. No journal line: a
    keystroke is no decision.
    """
    attempt = hold_for_writing(submission, acting_person=acting_person)
    response = open_response(submission, requirement)
    written = _clean(text)
    _require_text_welcome(attempt, requirement, written)
    if written == response.text:
        return response
    follows_itself = is_last_word and page and page == response.saved_from
    if revision != response.revision and not follows_itself:
        raise StaleRevision(revision=response.revision, text=response.text)
    response.text = written
    response.revision += 1
    response.saved_from = page[:LONGEST_PAGE]
    response.save(update_fields=["text", "revision", "saved_from", "saved_at"])
    return response


@transaction.atomic
def add_link(*, submission: Submission, requirement: str, link: str, title: str, acting_person: Person) -> Artifact:
    """Bring a link as evidence. The same link again is the same artifact. Raises `LinkNotWelcome`."""
    attempt = hold_for_writing(submission, acting_person=acting_person)
    response = open_response(submission, requirement)
    link = _usable_link(link.strip())
    if "link" not in Design(attempt.version.document).requirement(requirement).accepts:
        raise LinkNotWelcome(
            "This requirement asks for something else than a link.", fields={"link": "Leave it empty."}
        )
    brought = response.artifacts.exclude(link="")
    if already := brought.filter(link=link).first():
        return already
    if brought.count() >= MOST_LINKS:
        raise _not_welcome(f"{MOST_LINKS} links are here already. Remove one before you add another.")
    return Artifact.objects.create(
        response=response, link=link, title=_clean(title).strip()[:LONGEST_TITLE], position=next_position(response)
    )


@transaction.atomic
def remove_artifact(*, artifact: Artifact, acting_person: Person) -> None:
    """Take a file or link away. Its bytes go with it, unless an earlier round shows them too."""
    response = Response.objects.select_related("submission").get(pk=artifact.response_id)
    hold_for_writing(response.submission, acting_person=acting_person)
    open_response(response.submission, response.requirement)
    upload, transcript = artifact.upload, artifact.transcript
    Artifact.objects.filter(pk=artifact.pk).delete()
    forget_upload(upload)
    forget_upload(transcript)


@transaction.atomic
def set_badge_evidence(*, submission: Submission, requirements: Collection[str], acting_person: Person) -> Submission:
    """Choose the requirements of which the badge may tell; none is a choice too. Raises `NoSuchRequirement`."""
    attempt = hold_for_writing(submission, acting_person=acting_person)
    submission.badge_evidence = chosen_for_badge(attempt, requirements)
    submission.save(update_fields=["badge_evidence"])
    return submission


def chosen_for_badge(attempt: Attempt, requirements: Collection[str]) -> list[str]:
    """The chosen codes in the order in which they are asked for. Raises `NoSuchRequirement` for any other code."""
    known = [each.code for each in Design(attempt.version.document).requirements]
    unknown = sorted(set(requirements) - set(known))
    if unknown:
        raise NoSuchRequirement(f"This micro-credential has no requirement {unknown[0]}. Reload the page.")
    return [code for code in known if code in set(requirements)]


def next_position(response: Response) -> int:
    """The place after the last artifact of a response."""
    last: int | None = response.artifacts.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def artifact_of(person: Person, artifact_id: int) -> Artifact:
    """Somebody's own artifact, with its way up to the attempt. Raises `NoSuchAttempt`."""
    found = (
        Artifact.objects.select_related("upload", "transcript", "response__submission__attempt")
        .filter(pk=artifact_id, response__submission__attempt__earner=person)
        .first()
    )
    if found is None:
        raise NoSuchAttempt
    return found


def _clean(text: str) -> str:
    """One kind of line end, so that equal texts are equal however they came; and no NUL, which PostgreSQL refuses."""
    return plain_line_ends(text).replace("\x00", "")


def _require_text_welcome(attempt: Attempt, requirement: str, text: str) -> None:
    if text and "text" not in Design(attempt.version.document).requirement(requirement).accepts:
        raise TextNotWelcome(
            "This requirement asks for a file or a link, not for text.", fields={"text": "Leave it empty."}
        )
    if len(text) > LONGEST_TEXT:
        raise TextNotWelcome(
            f"This text has {len(text):,} characters and at most {LONGEST_TEXT:,} can be kept. "
            "Shorten it, or add it as a file.",
            fields={"text": f"Shorten it to at most {LONGEST_TEXT:,} characters."},
        )


def _usable_link(link: str) -> str:
    if len(link) > LONGEST_LINK:
        raise _not_welcome(
            f"The link is longer than {LONGEST_LINK} characters. Ask the page for a shorter link to share."
        )
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        raise _not_welcome(
            "This is not the address of a page. Copy it whole from the browser; it begins with https://."
        ) from None
    if "@" in urlsplit(link).netloc:
        raise _not_welcome("The link contains a name or password before an @. Remove it, so that nobody else reads it.")
    return link


def _not_welcome(sentence: str) -> LinkNotWelcome:
    return LinkNotWelcome(sentence, fields={"link": sentence})


def forget_upload(upload: Upload | None) -> None:
    """Forget a file that nothing shows any more. Another round may still show it."""
    if upload is None or upload.artifacts.exists() or upload.tells.exists():
        return
    name = upload.stored_as
    upload.delete()
    # Bytes go only when it is certain that the row has gone.
    transaction.on_commit(lambda: file_store.forget(name))
