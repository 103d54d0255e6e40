"""The server's half of a field that is saved as it is typed; the page's half is `front-end/src/autosave.js`.

The contract between the two stands in docs/reference/components.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, JsonResponse

from longleaf.kit.errors import BadInput, Refusal, WrongState
from longleaf.kit.numbers import whole_number


@dataclass(frozen=True)
class Kept:
    """What is kept of a field: its text, how often it was saved, when last, and how many words the page is told."""

    text: str
    revision: int
    saved_at: datetime
    words: int = 0


class Stale(WrongState, ABC):
    """A field was saved from somewhere else since."""

    def __init__(self) -> None:
        super().__init__("This was changed in another tab or on another device since. Compare both and save again.")

    @abstractmethod
    def kept_of(self, field: str) -> tuple[str, int]:
        """What is kept of a field now, and its revision."""

    def beside(self, field: str) -> str:
        """The sentence for a form that was sent whole: what is kept now stands beside what was typed."""
        kept, _ = self.kept_of(field)
        return (
            f"This was changed in another tab or on another device to “{kept or 'nothing'}”. "
            "What you see here is yours: save again to keep it."
        )


def answer_to_typing(request: HttpRequest, field: str, save: Callable[[str, int], Kept]) -> JsonResponse:
    """Save what was typed by `save(text, revision)`, and say what is kept: where it is `Stale`, what is kept instead.

    Raises `BadInput` for a revision that is no number; what else `save` refuses is told in the answer.
    """
    text, revision = request.POST.get("text", ""), whole_number(request.POST.get("revision", "0"))
    if revision is None:
        raise BadInput("The revision must be a number. Reload the page.")
    try:
        kept = save(text, revision)
    except Stale as stale:
        theirs, number = stale.kept_of(field)
        return JsonResponse({"revision": number, "text": theirs, "error": stale.sentence}, status=stale.http_status)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "error": refusal.sentence}, status=refusal.http_status)
    return JsonResponse({"revision": kept.revision, "saved_at": kept.saved_at.isoformat(), "words": kept.words})
