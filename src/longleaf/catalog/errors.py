"""What can go wrong in the catalog."""

from longleaf.kit.errors import NotAllowed, WrongState


class NoSuchMicroCredential(NotAllowed):
    code = "no-such-micro-credential"

    def __init__(self) -> None:
        super().__init__("There is no micro-credential at this address. Look for it in the catalog.", hidden=True)


class VersionNotOffered(WrongState):
    code = "version-not-offered"


class NoSuchStack(NotAllowed):
    code = "no-such-stack"

    def __init__(self) -> None:
        super().__init__("There is no stack at this address. Look for it in the catalog.", hidden=True)


class NoSuchIssuer(NotAllowed):
    code = "no-such-issuer"

    def __init__(self) -> None:
        super().__init__("There is no organization at this address. Issuers are named in the catalog.", hidden=True)
