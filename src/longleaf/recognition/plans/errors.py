"""What can go wrong with a school unit's plan."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NoSuchPlan(NotAllowed):
    """It is not there, or it is a draft of others, which a stranger must not tell apart."""

    code = "no-such-plan"

    def __init__(self, sentence: str = "There is no renewal plan at this address.") -> None:
        super().__init__(sentence, hidden=True)


class NotYourPlan(NotAllowed):
    """Only officers of the school unit report how its plan goes."""

    code = "not-your-plan"

    def __init__(self) -> None:
        super().__init__("Only an officer of the school unit whose plan it is reports its figures.")


class PlansNotForeseen(WrongState):
    """The state's policy lets no local plan set anything aside."""

    code = "plans-not-foreseen"

    def __init__(self) -> None:
        super().__init__("The renewal policy of this state lets no local plan set hours aside.")


class PlanChanged(WrongState):
    code = "plan-changed"

    def __init__(self) -> None:
        super().__init__(
            "Somebody saved this plan meanwhile. What you typed is kept here; open it anew beside this page."
        )


class PlanNotApproved(WrongState):
    """It never came into force, so that there is nothing to measure."""

    code = "plan-not-approved"

    def __init__(self) -> None:
        super().__init__("The plan has not come into force yet. Report figures once it has.")


class UnusablePlan(BadInput):
    code = "unusable-plan"


class UnusableFigure(BadInput):
    code = "unusable-figure"
