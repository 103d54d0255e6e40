"""What can go wrong with licences, values and policies."""

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NotYoursToRecord(NotAllowed):
    code = "not-yours-to-record"


class UnusableValue(BadInput):
    code = "unusable-value"


class UnusableLicence(BadInput):
    code = "unusable-licence"


class NoPolicy(WrongState):
    code = "no-policy"
