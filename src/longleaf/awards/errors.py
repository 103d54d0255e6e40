"""What can go wrong with badges, by name.

Refusal
├── BadInput     MalformedFinding · RevocationNeedsReason · UnknownVisibility · UnknownEvidence · UnknownAddress
│                · ReleaseNeedsConsent · CannotBeTold · UnreadableList · JudgedUnsaid · CompromiseNeedsReason
│                · CompromiseNotPlausible · NothingToVerify · NotAnAddress · NotAMoment · NotTheBadgeItself
│                · LargerThanAnyBadge
├── NotAllowed   NoSuchBadge · NoSuchDocument · NoSuchKey · MayNotRevoke · MayNotShare · MayNotManageKeys
│                · MayNotAward · NoSuchBulkAward
└── WrongState   AlreadyHasKey · NoUsableKey · NotIssuedYet · BadgeHasExpired · NotOnPaper · VersionNotAwarded
                 · NothingToAward · NothingEarned
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


class UnknownEvidence(BadInput):
    """A piece of evidence was named that the work behind the badge does not have."""

    code = "unknown-evidence"

    def __init__(self) -> None:
        sentence = "Choose among the pieces that are listed. Reload the page to see them."
        super().__init__(sentence, fields={"pieces": sentence})


class UnknownAddress(BadInput):
    """A badge can be bound only to an address that its earner has verified."""

    code = "unknown-address"

    def __init__(self) -> None:
        sentence = "Choose one of your verified addresses."
        super().__init__(sentence, fields={"address": sentence})


class ReleaseNeedsConsent(BadInput):
    code = "release-needs-consent"

    def __init__(self) -> None:
        sentence = "Look through what you release for anything that shows who a student is, then tick the statement."
        super().__init__(sentence, fields={"consent": sentence})


class CannotBeTold(BadInput):
    """The text of a piece holds what cannot stand in a credential that every verifier reads alike."""

    code = "cannot-be-told"


class UnreadableList(BadInput):
    code = "unreadable-list"


class JudgedUnsaid(BadInput):
    """A list is to be awarded without telling how the work was judged."""

    code = "judged-unsaid"


class CompromiseNeedsReason(BadInput):
    code = "compromise-needs-reason"


class CompromiseNotPlausible(BadInput):
    """A key cannot be compromised before it was made, or from tomorrow on."""

    code = "compromise-not-plausible"


class NothingToVerify(BadInput):
    code = "nothing-to-verify"

    def __init__(self) -> None:
        super().__init__("Give the badge itself as the body of a POST, or where it is as ?address= of a GET.")


class NotAnAddress(BadInput):
    code = "not-an-address"

    def __init__(self) -> None:
        sentence = "This is not an address of the web. It should begin with https://."
        super().__init__(sentence, fields={"address": sentence})


class NotAMoment(BadInput):
    code = "not-a-moment"

    def __init__(self, text: str) -> None:
        sentence = f"{text[:40]!r} is not a time. Write it like 2027-03-04T09:00:00Z."
        super().__init__(sentence, fields={"at": sentence})


class NotTheBadgeItself(BadInput):
    """A form was sent, from which nobody can tell which of its parts is the badge."""

    code = "not-the-badge-itself"
    http_status = 415

    def __init__(self) -> None:
        super().__init__(
            "Send the badge itself as the body, not a form, and name its type: curl --data-binary @badge.json"
            " -H 'Content-Type: application/json'."
        )


class LargerThanAnyBadge(BadInput):
    code = "larger-than-any-badge"
    http_status = 413

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"This is larger than {megabytes} MB, which no badge is.")


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


class MayNotAward(NotAllowed):
    code = "may-not-award"

    def __init__(self) -> None:
        super().__init__("Only an issuing officer of the organization that offers a micro-credential may award it.")


class NoSuchBulkAward(NotAllowed):
    """The same answer whether it never existed or is another organisation's."""

    code = "no-such-bulk-award"

    def __init__(self) -> None:
        super().__init__("There is no list at this address, or it is not for you to see.", hidden=True)


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


class BadgeHasExpired(WrongState):
    code = "badge-has-expired"

    def __init__(self) -> None:
        super().__init__("This badge has expired, so it is not issued anew. It can be earned again.")


class NotOnPaper(WrongState):
    """Paper does not change when a badge is revoked, so none is handed out after it."""

    code = "not-on-paper"

    def __init__(self) -> None:
        super().__init__("The issuer has revoked this badge, so there is no certificate of it.")


class VersionNotAwarded(WrongState):
    code = "version-not-awarded"

    def __init__(self) -> None:
        super().__init__("This version was never published, so nobody can have earned it.")


class NothingEarned(WrongState):
    code = "nothing-earned"

    def __init__(self) -> None:
        super().__init__("There is no badge to put into a learner record yet.")


class NothingToAward(WrongState):
    code = "nothing-to-award"

    def __init__(self) -> None:
        super().__init__("No row of this list is ready. Mend the file and hand it in again.")
