"""What can go wrong with badges, by name.

Refusal
├── BadInput     MalformedFinding · RevocationNeedsReason · UnknownVisibility · CompromiseNeedsReason ·
│                CompromiseNotPlausible
├── NotAllowed   NoSuchBadge · NoSuchDocument · NoSuchKey · MayNotRevoke · MayNotShare · MayNotManageKeys
└── WrongState   AlreadyHasKey · NoUsableKey · NotIssuedYet
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class MalformedFinding(BadInput):
    """How it was judged does not fit the version's rubric."""

    code = "malformed-finding"


class RevocationNeedsReason(BadInput):
    code = "revocation-needs-reason"


class UnknownVisibility(BadInput):
    code = "unknown-visibility"


class CompromiseNeedsReason(BadInput):
    code = "compromise-needs-reason"


class CompromiseNotPlausible(BadInput):
    """A key cannot be compromised before it was made, or from tomorrow on."""

    code = "compromise-not-plausible"


class NoSuchBadge(NotAllowed):
    """The same answer whether it never existed or is not for this reader to see."""

    code = "no-such-badge"

    def __init__(self) -> None:
        super().__init__(
            "There is no badge at this address, or its earner keeps it private. Ask the earner for a fresh link.",
            hidden=True,
        )


class NoSuchDocument(NotAllowed):
    """No issuer, achievement or status list of this installation has this address."""

    code = "no-such-document"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was ever issued under this address. Check its end, where letters get lost.", hidden=True
        )


class NoSuchKey(NotAllowed):
    """The same answer whether it never existed or is another organisation's."""

    code = "no-such-key"

    def __init__(self) -> None:
        super().__init__("You keep no such key. Your organizations' keys are listed under Signing keys.", hidden=True)


class MayNotRevoke(NotAllowed):
    code = "may-not-revoke"

    def __init__(self) -> None:
        super().__init__("Only an issuing officer of the organization that issued a badge may revoke it.")


class MayNotShare(NotAllowed):
    code = "may-not-share"

    def __init__(self) -> None:
        super().__init__("Only the person who earned a badge decides who sees it.")


class MayNotManageKeys(NotAllowed):
    code = "may-not-manage-keys"

    def __init__(self) -> None:
        super().__init__("Only an issuing officer or an administrator of an organization may manage its signing keys.")


class AlreadyHasKey(WrongState):
    code = "already-has-key"


class NoUsableKey(WrongState):
    """The issuer has no key, or what keeps its key cannot sign with it now."""

    code = "no-usable-key"


class NotIssuedYet(WrongState):
    """The badge waits for its signature, so there is nothing to download, share or revoke."""

    code = "not-issued-yet"

    def __init__(self) -> None:
        super().__init__("This badge is still being issued. Look again in a few minutes.")
