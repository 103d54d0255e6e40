"""What can go wrong when a decision on quality is recorded."""

from longleaf.kit.errors import BadInput, NotAllowed


class DecisionChanged(BadInput):
    """On that day this organisation decided something else of the same subject."""

    code = "quality-decision-changed"


class MayNotDecide(NotAllowed):
    code = "may-not-decide-on-quality"

    def __init__(self) -> None:
        super().__init__("Decisions on quality are recorded by officers of the organization that decides.")
