"""What can go wrong when people and organisations are entered."""

from longleaf.kit.errors import BadInput


class AlreadyEnrolled(BadInput):
    code = "already-enrolled"


class UnusableAccount(BadInput):
    code = "unusable-account"


class NoSuchOrganisation(BadInput):
    code = "no-such-organisation"
