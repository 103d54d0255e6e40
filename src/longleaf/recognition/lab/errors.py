"""What can go wrong in the policy lab."""

from longleaf.kit.errors import NotAllowed, WrongState


class NoSuchLab(NotAllowed):
    code = "no-such-policy-lab"

    def __init__(self, sentence: str = "There is no lab of a policy at this address.") -> None:
        super().__init__(sentence, hidden=True)


class LabIsNotFinished(WrongState):
    """Its numbers are not whole yet."""

    code = "policy-lab-is-not-finished"
