"""What can go wrong when a panel is convened, and when somebody reads for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.kit.autosaving import Stale
from longleaf.kit.errors import BadInput, NotAllowed, WrongState

if TYPE_CHECKING:
    from longleaf.panels.models import NoteToLead, Rating


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


class StaleRating(Stale):
    """The rating was saved from somewhere else since. `rating` is what is kept now."""

    code = "stale-rating"

    def __init__(self, rating: Rating) -> None:
        super().__init__()
        self.rating = rating

    def kept_of(self, field: str) -> tuple[str, int]:
        return getattr(self.rating, field), getattr(self.rating, f"{field}_revision")


class StaleNote(Stale):
    """The note was saved from somewhere else since. `note` is what is kept now."""

    code = "stale-note"

    def __init__(self, note: NoteToLead) -> None:
        super().__init__()
        self.note = note

    def kept_of(self, field: str) -> tuple[str, int]:
        return self.note.text, self.note.revision


class NoSuchPanel(NotAllowed):
    """Of a pool that the person does not lead, one in which they have a part, or none at all."""

    code = "no-such-panel"

    def __init__(self) -> None:
        super().__init__(
            "There is no panel for you to look after at this address. Your queue lists those you may.", hidden=True
        )


class MayNotAdjudicate(NotAllowed):
    """They had a part in it, stand too near to it, or are not certified for it; which of these is not told."""

    code = "may-not-adjudicate"

    def __init__(self) -> None:
        super().__init__(
            "You had a part in this work, stand too near to it, or are not certified for its rubric. Another lead"
            " assessor may decide, or you ask a certified reader to."
        )


class NotCertified(NotAllowed):
    code = "not-certified"

    def __init__(self) -> None:
        super().__init__(
            "Your certificate does not open live work by this rubric now, so this reading goes to somebody else."
            " Your calibration page shows how you go on."
        )


class NothingToAdjudicate(WrongState):
    code = "nothing-to-adjudicate"

    def __init__(self) -> None:
        super().__init__("Somebody adjudicates this already, or it is decided. Your queue shows what still waits.")


class ReadingStays(WrongState):
    """A reading that a lead cannot give back: it is not in, decided on, or adjudicated."""

    code = "reading-stays"


class NobodyToAsk(WrongState):
    code = "nobody-to-ask"

    def __init__(self) -> None:
        super().__init__(
            "Nobody outside has room for it at the moment. Try again when somebody has, or invite more assessors."
        )


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


class NothingSaid(BadInput):
    code = "nothing-said"


class TalkIsOver(WrongState):
    code = "talk-is-over"

    def __init__(self) -> None:
        super().__init__("The readers have talked it over, so nothing changes here any more. You can still look at it.")


class NoSuchMember(NotAllowed):
    """Nobody's, somebody else's, or of a pool that the person does not lead."""

    code = "no-such-pool-member"

    def __init__(self) -> None:
        super().__init__(
            "There is no such member of a pool of yours. Your page of the pool lists what is yours.", hidden=True
        )


class NotInThePool(NotAllowed):
    code = "not-in-the-pool"

    def __init__(self) -> None:
        super().__init__("This page is for assessors and those who lead them.", hidden=True)


class NobodyToInvite(BadInput):
    code = "nobody-to-invite"


class UnusableCapacity(BadInput):
    code = "unusable-capacity"


class UnknownQualification(BadInput):
    code = "unknown-qualification"


class ConfirmsThemselves(NotAllowed):
    code = "confirms-themselves"

    def __init__(self) -> None:
        super().__init__("Nobody confirms what they say of themselves. Ask another lead of the pool.")


class UnknownLanguage(BadInput):
    code = "unknown-language"


class UnusableAbsence(BadInput):
    code = "unusable-absence"


class UnusableConflict(BadInput):
    code = "unusable-conflict"


class UnusablePoolRules(BadInput):
    """`fields` maps `rules` to a sentence for each mistake."""

    code = "unusable-pool-rules"


class CheckIsNotGivenBack(WrongState):
    """Nobody waits for a reading in training or in a test, so there is nobody to whom it would go."""

    code = "check-is-not-given-back"


class NoSuchCertification(NotAllowed):
    """Not theirs to see, or none at all: whoever asks must not learn which."""

    code = "no-such-certification"

    def __init__(self) -> None:
        super().__init__("There is nothing for you at this address. Your calibration page lists what is.", hidden=True)


class NotLeadAssessor(NotAllowed):
    code = "not-lead-assessor"


class ChangeIsNotEditorial(WrongState):
    code = "change-is-not-editorial"


class GateMistaken(BadInput):
    """A gate that cannot be used; `mistakes` names each place of the document and how to mend it."""

    code = "gate-mistaken"


class AnchorDoesNotFit(BadInput):
    """`fields` maps `by` to what may come in the place of an anchor."""

    code = "anchor-does-not-fit"


class LevelsNotSet(WrongState):
    code = "levels-not-set"


class TooFewAnchors(WrongState):
    code = "too-few-anchors"


class TestNotOpen(WrongState):
    """Trained too little, waiting, or no attempt left."""

    __test__ = False
    code = "test-not-open"


class NothingToReadAgain(WrongState):
    code = "nothing-to-read-again"


class NotPaused(WrongState):
    code = "not-paused"

    def __init__(self) -> None:
        super().__init__("This member is not paused. Reload the page to see where they stand.")


class NotInvited(WrongState):
    code = "not-invited"

    def __init__(self) -> None:
        super().__init__("There is no open invitation of yours to this pool. Reload the page to see where you stand.")


class NoSuchBoard(NotAllowed):
    """No panel of the pool has judged by this rubric; whether another pool's has is not told."""

    code = "no-such-board"

    def __init__(self) -> None:
        super().__init__(
            "No panel of your pool has judged by this rubric. The board lists those that were used.", hidden=True
        )


class UnusableFee(BadInput):
    """`fields` maps `fees` to what is wrong."""

    code = "unusable-fee"


class FeeStands(WrongState):
    code = "fee-stands"


class UnusablePeriod(BadInput):
    code = "unusable-period"


class NothingToPay(WrongState):
    code = "nothing-to-pay"

    def __init__(self) -> None:
        super().__init__("Nothing handed in within this period waits to be paid. The ledger below shows what was.")


class PayHasChanged(WrongState):
    code = "pay-has-changed"

    def __init__(self) -> None:
        super().__init__(
            "What is owed has changed since the page was drawn. Nothing is recorded. Look again, then record."
        )


class OwnPay(NotAllowed):
    code = "own-pay"

    def __init__(self) -> None:
        super().__init__("Nobody records what they are paid themselves. Ask another lead assessor of the pool.")


class PaymentTakenBack(WrongState):
    code = "payment-taken-back"

    def __init__(self) -> None:
        super().__init__("This payment was taken back already. The ledger shows when and why.")
