"""What can go wrong while a policy is written and published."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NotYoursToWrite(NotAllowed):
    """Only officers of the state's agency write its policy."""

    code = "not-yours-to-write-policy"


class NoSuchPolicyDraft(NotAllowed):
    code = "no-such-policy-draft"

    def __init__(self, sentence: str = "There is no draft of a policy at this address.") -> None:
        super().__init__(sentence, hidden=True)


class NoSuchPolicyText(NotAllowed):
    code = "no-such-policy-text"

    def __init__(self, sentence: str = "There is no text of a policy at this address.") -> None:
        super().__init__(sentence, hidden=True)


class StaleDraft(WrongState):
    """Somebody saved since; `revision` and `theirs` are what stands now."""

    code = "stale-policy-draft"

    def __init__(self, *, revision: int, theirs: str, by: str) -> None:
        super().__init__(
            f"{by} saved this draft while you were writing. Nothing you typed is lost; compare and save again."
        )
        self.revision = revision
        self.theirs = theirs


class DraftIsClosed(WrongState):
    """It is proposed, published or dropped, and so cannot be written, or is not there to be approved."""

    code = "policy-draft-is-closed"


class UnusablePolicyDraft(BadInput):
    code = "unusable-policy-draft"


class UnusablePublication(BadInput):
    code = "unusable-publication"


class SecondOfficerNeeded(NotAllowed):
    """Whoever proposed a policy does not also approve it."""

    code = "second-officer-needed"


class DayIsTaken(WrongState):
    """Another text comes into force on that very day."""

    code = "day-is-taken"


class PolicyIsInForce(WrongState):
    """What has come into force is not withdrawn; another text follows it."""

    code = "policy-is-in-force"
