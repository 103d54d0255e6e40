"""What can go wrong when a panel is convened, and when somebody reads for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.kit.errors import BadInput, NotAllowed, WrongState

if TYPE_CHECKING:
    from longleaf.panels.models import Rating


class NoSuchReading(NotAllowed):
    """Not theirs, given back, or none at all: whoever asks must not learn which."""

    code = "no-such-reading"

    def __init__(self) -> None:
        super().__init__("There is no reading of yours at this address. Your queue lists those you have.", hidden=True)


class AlreadyConvened(WrongState):
    code = "already-convened"


class ReadingIsOver(WrongState):
    code = "reading-is-over"


class ReadingNotTakenUp(WrongState):
    code = "reading-not-taken-up"

    def __init__(self) -> None:
        super().__init__("This reading is not taken up yet. Take it up, then rate.")


class StaleRating(WrongState):
    """The rating was saved from somewhere else since. `rating` is what is kept now."""

    code = "stale-rating"

    def __init__(self, rating: Rating) -> None:
        super().__init__("This was changed in another tab or on another device since. Compare both and save again.")
        self.rating = rating


class UnknownCriterion(BadInput):
    code = "unknown-criterion"


class UnknownLevel(BadInput):
    code = "unknown-level"


class CommentTooLong(BadInput):
    code = "comment-too-long"


class ReasonMissing(BadInput):
    code = "reason-missing"


class IncompleteReading(BadInput):
    """`fields` maps `level-A` or `comment-A` to what is missing there."""

    code = "incomplete-reading"
