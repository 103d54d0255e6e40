"""What can go wrong in the badge engine, by name.

    OpenBadgesError
    ├── CannotBuild           what should go into a credential does not make one
    ├── ContextsMissing       the pinned contexts have not been gathered on this machine
    ├── UnreadableMaterial    what was handed over holds no credential that can be read safely
    ├── CannotBake            the image cannot carry a credential
    ├── DocumentUnavailable   a document that is needed could not be had (raised by loaders)
    ├── NotCheckable          a check could not be made; it says nothing for or against the credential
    └── CheckFailed           a check was made, and it speaks against the credential
        └── SealBroken        the key was found, and the signature is not its signature of these bytes

Every error carries a stable `code` and a sentence that says what is wrong and what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class OpenBadgesError(Exception):
    """The root of the family. `str(error)` is a sentence for people, `error.code` is for programs."""

    code: ClassVar[str] = "open-badges"


class CannotBuild(OpenBadgesError):
    """What should go into a credential is missing, empty or not allowed there."""

    code = "cannot-build"


class ContextsMissing(OpenBadgesError):
    """The pinned JSON-LD contexts are absent, or are not the texts that were pinned."""

    code = "contexts-missing"


class UnreadableMaterial(OpenBadgesError):
    """What was handed over holds no credential, or none that can be read safely."""

    code = "unreadable-material"


class CannotBake(OpenBadgesError):
    """This image cannot carry a credential."""

    code = "cannot-bake"


class DocumentUnavailable(OpenBadgesError):
    """Raised by a loader that could not get the document behind an address."""

    code = "document-unavailable"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The document at {url} could not be read: {reason}")
        self.url = url
        self.reason = reason


class NotCheckable(OpenBadgesError):
    """The check could not be made. Nothing follows from it, so nothing may be shown as valid."""

    code = "not-checkable"


class CheckFailed(OpenBadgesError):
    """The check was made and speaks against the credential."""

    code = "check-failed"


class SealBroken(CheckFailed):
    """The signature does not fit: no accident of the issuer's web site looks like this."""

    def __init__(self) -> None:
        super().__init__(
            "The seal does not fit: the credential was changed after it was signed, or was not signed with the key it"
            " names. Ask the issuer for a fresh copy."
        )
