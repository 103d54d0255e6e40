"""What can go wrong with people, their addresses and organisations, by name.

Refusal
├── BadInput     AlreadyEnrolled · UnusableAccount · NoSuchOrganisation · UnusableAddress · UnusableName
│                · RenamingNeedsReason · UnknownConfirmation · NotAVerifiedAddress
├── NotAllowed   NotYourAddresses · MayNotRename · NoSuchPerson
└── WrongState   AddressIsTaken · WrittenToTooOften · AddressIsForSigningIn
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class AlreadyEnrolled(BadInput):
    code = "already-enrolled"


class UnusableAccount(BadInput):
    code = "unusable-account"


class NoSuchOrganisation(BadInput):
    code = "no-such-organisation"


class UnusableAddress(BadInput):
    code = "unusable-address"


class UnusableName(BadInput):
    code = "unusable-name"


class RenamingNeedsReason(BadInput):
    code = "renaming-needs-reason"

    def __init__(self, most: int) -> None:
        sentence = f"Say in at most {most} characters why, such as “marriage”. The person is told, and it is kept."
        super().__init__(sentence, fields={"reason": sentence})


class UnknownConfirmation(BadInput):
    """The link is too old, was cut off on its way, or was never ours."""

    code = "unknown-confirmation"

    def __init__(self) -> None:
        super().__init__("This link is no longer good. Ask for a new one on your page of names and addresses.")


class NotAVerifiedAddress(BadInput):
    code = "not-a-verified-address"

    def __init__(self) -> None:
        sentence = "Choose one of your verified addresses. A new one is verified by a link that is mailed to it."
        super().__init__(sentence, fields={"address": sentence})


class NotYourAddresses(NotAllowed):
    code = "not-your-addresses"

    def __init__(self) -> None:
        super().__init__(
            "This link is for another account. Sign in with the account for which it was asked.", hidden=False
        )


class MayNotRename(NotAllowed):
    code = "may-not-rename"

    def __init__(self) -> None:
        super().__init__(
            "Only an administrator of an organization to which somebody belongs may change the name that badges carry."
        )


class NoSuchPerson(NotAllowed):
    """The same answer whether there is nobody of that reference or somebody of another organisation."""

    code = "no-such-person"

    def __init__(self) -> None:
        super().__init__("There is nobody here whose name is yours to change.", hidden=True)


class AddressIsTaken(WrongState):
    """Somebody else has verified it or signs in with it."""

    code = "address-is-taken"

    def __init__(self) -> None:
        super().__init__("This address belongs to another account. Sign in there, or ask whoever enrolled you.")


class WrittenToTooOften(WrongState):
    code = "written-to-too-often"

    def __init__(self) -> None:
        super().__init__("A link is on its way already. Look in the mailbox, and ask again in a few minutes.")


class AddressIsForSigningIn(WrongState):
    code = "address-is-for-signing-in"

    def __init__(self) -> None:
        super().__init__("You sign in with this address, so it stays.")
