"""What a badge may tell of the work behind it, piece by piece, and the files of it. `awards` asks, by a setting.

Whether a piece may be told of is the earner's to say and `awards.reissuing` asks them; here is only what there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from longleaf.assessment.evidence import serving
from longleaf.assessment.models import Artifact, OwnPart, Response, Submission
from longleaf.assessment.queries import own_parts_in
from longleaf.assessment.status import AttemptStatus
from longleaf.catalog.design import Design, Requirement

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

Piece = dict[str, Any]
OCCASION = "attempt:"


def pieces_of(occasion: str) -> list[Piece]:
    """For each requirement: what was asked for, what the earner wrote, and each link and file that was brought."""
    submission = _judged(occasion)
    if submission is None:
        return []
    responses = {each.requirement: each for each in submission.responses.prefetch_related("artifacts__upload")}
    parts = own_parts_in(submission)
    design = Design(submission.attempt.version.document)
    return [
        piece
        for asked in design.requirements
        for piece in _pieces(asked, responses.get(asked.code), parts.get(asked.code))
    ]


def file_of(occasion: str, key: str) -> HttpResponseBase | None:
    """The file of a piece, under a neutral name; None where the key names no file of this work."""
    submission = _judged(occasion)
    number = key.rpartition(".")[2]
    if submission is None or not (number.isascii() and number.isdigit()):
        return None
    brought = Artifact.objects.filter(response__submission=submission, upload__isnull=False, taken_away_at__isnull=True)
    found = brought.select_related("upload", "response").filter(pk=int(number)).first()
    if found is None or found.upload is None or key != _key(found):
        return None
    return serving.file_response(found.upload, f"evidence-{found.pk}")


def _judged(occasion: str) -> Submission | None:
    """The round in which an attempt was decided as demonstrated."""
    found = Submission.objects.filter(
        attempt__ref=occasion.removeprefix(OCCASION),
        attempt__status=AttemptStatus.DEMONSTRATED,
        decided_at__isnull=False,
    )
    # A round that an appeal had read anew has the same number as its copy, which was decided last.
    return found.select_related("attempt__version").order_by("-round", "-pk").first() if _is_ours(occasion) else None


def _is_ours(occasion: str) -> bool:
    return occasion.startswith(OCCASION)


def _pieces(asked: Requirement, response: Response | None, part: OwnPart | None) -> Iterator[Piece]:
    description = with_team(asked.prompt, part)
    yield {"key": asked.code, "name": asked.title, "description": description, "shows": "What was asked for"}
    if response is None:
        return
    if response.text.strip():
        name = f"{asked.title}: in the earner’s words"
        yield {"key": f"{asked.code}.text", "name": name, "narrative": response.text, "shows": "What you wrote"}
    if part is not None and part.text.strip():
        name = f"{asked.title}: the earner’s own part in it"
        yield {"key": f"{asked.code}.part", "name": name, "narrative": part.text, "shows": "What you did in your team"}
    for number, artifact in enumerate(response.artifacts.all(), start=1):
        if artifact.taken_away_at is None:
            yield {
                **_piece(asked, artifact, number),
                **({"description": with_team("", part)} if artifact.team_id else {}),
            }


def with_team(prompt: str, part: OwnPart | None) -> str:
    """What a badge says of a piece of evidence, with that a team made it where one did."""
    if part is None or not part.team.size:
        return prompt
    return f"{prompt} Made by a team of {part.team.size}; each of them was judged alone.".strip()


def _piece(asked: Requirement, artifact: Artifact, number: int) -> Piece:
    """A link says where it leads. A file says of what kind it is, and never the name that its owner gave it."""
    name = f"{asked.title}: {artifact.title or f'piece {number}'}"
    if artifact.upload is None:
        return {"key": _key(artifact), "name": name, "url": artifact.link, "shows": f"The link {artifact.link}"}
    kind = artifact.upload.get_kind_display()
    return {"key": _key(artifact), "name": name, "file": True, "genre": kind, "shows": f"A file: {kind}"}


def _key(artifact: Artifact) -> str:
    return f"{artifact.response.requirement}.{artifact.pk}"
