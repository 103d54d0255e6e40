"""What can go wrong with funding, offers, promises and payments."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NotYourBudget(NotAllowed):
    """Only officers of a school unit, or of the agency for the state, offer and pay."""

    code = "not-your-budget"


class NoSuchReward(NotAllowed):
    """It is not there, or it is somebody else's, which a stranger must not tell apart."""

    code = "no-such-reward"

    def __init__(self, sentence: str = "There is no reward at this address.") -> None:
        super().__init__(sentence, hidden=True)


class NotForYou(NotAllowed):
    """The offer is for other educators."""

    code = "reward-not-for-you"


class UnusableFunding(BadInput):
    code = "unusable-funding"


class UnusableOffer(BadInput):
    code = "unusable-offer"


class UnusablePayment(BadInput):
    code = "unusable-payment"


class OfferNotOpen(WrongState):
    code = "offer-not-open"


class PaidBefore(WrongState):
    """A part of it was paid under a promise that is over, so it is not promised a second time."""

    code = "reward-paid-before"


class NotEarned(WrongState):
    """The badges that earned it do not stand any more."""

    code = "reward-not-earned"


class ReversedBefore(WrongState):
    code = "payment-reversed-before"
