"""What can go wrong with badges from elsewhere."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class UnusableBadge(BadInput):
    code = "unusable-badge"


class UnusableDecision(BadInput):
    code = "unusable-decision-on-a-badge"


class NoSuchImport(NotAllowed):
    code = "no-such-imported-badge"

    def __init__(self) -> None:
        super().__init__("There is no badge at this address that you may see.", hidden=True)


class NotYoursToBring(NotAllowed):
    code = "not-yours-to-bring"


class NotYoursToDecide(NotAllowed):
    code = "not-yours-to-decide"


class BroughtBefore(WrongState):
    code = "brought-before"


class DoesNotStand(WrongState):
    code = "badge-does-not-stand"


class AskedAgainBefore(WrongState):
    code = "asked-again-before"
