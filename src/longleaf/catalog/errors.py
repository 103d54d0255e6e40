"""What can go wrong in the catalog."""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


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


class NoSuchDraft(NotAllowed):
    code = "no-such-draft"

    def __init__(self) -> None:
        super().__init__(
            "There is no draft at this address that is yours to see. Look for it in the studio.", hidden=True
        )


class MayNotDesign(NotAllowed):
    code = "may-not-design"


class MayNotPublish(NotAllowed):
    code = "may-not-publish"


class DraftNotOpen(WrongState):
    code = "draft-not-open"


class StaleField(WrongState):
    """Another page or another author saved the same field since; `theirs` is what is kept, with its revision."""

    code = "stale-field"

    def __init__(self, *, revision: int, theirs: str) -> None:
        super().__init__("This was changed somewhere else while you were writing. Choose which text to keep.")
        self.revision = revision
        self.theirs = theirs


class NoSuchField(BadInput):
    code = "no-such-field"


class FieldTooLong(BadInput):
    code = "field-too-long"


class UnknownAuthor(BadInput):
    code = "unknown-author"


class DraftNotSound(BadInput):
    """What keeps a draft from being published; `fields` has a sentence for each field by its path."""

    code = "draft-not-sound"


class BegunInTheStudio(BadInput):
    """A pack names a micro-credential of its own as one is called that an issuer began here."""

    code = "begun-in-the-studio"


class UnreadableDesign(BadInput):
    code = "unreadable-design"


class UnusableComment(BadInput):
    code = "unusable-comment"


class NotProposed(WrongState):
    """Nobody proposed it for this stack, or what was offered then is offered no more."""

    code = "not-proposed"

    def __init__(self) -> None:
        super().__init__("It is not proposed for this stack any more. Look at the studio again.")


class NothingUpstream(WrongState):
    """It was not adopted, or where it came from has not gone on, or all of that was taken or left meanwhile."""

    code = "nothing-upstream"

    def __init__(self) -> None:
        super().__init__("Nothing has changed where this was adopted from. Look at the draft again.")


class UpstreamWentOn(WrongState):
    """Somebody takes or leaves all that was shown, and more has changed since."""

    code = "upstream-went-on"

    def __init__(self) -> None:
        super().__init__("It has gone on again where this was adopted from. Look at what has changed now, then choose.")


class NoSuchSample(NotAllowed):
    code = "no-such-sample"

    def __init__(self) -> None:
        super().__init__("There is no sample at this address that is open to you.", hidden=True)


class SampleNotPublished(WrongState):
    code = "sample-not-published"

    def __init__(self) -> None:
        super().__init__("This file was never published, so nobody else sees it. Take it away in its draft instead.")


class UnusableSampleFile(BadInput):
    code = "unusable-sample-file"


class NoSuchNeed(NotAllowed):
    code = "no-such-need"

    def __init__(self) -> None:
        super().__init__("There is no need at this address that is yours to see. The studio lists yours.", hidden=True)


class NoSuchWish(NotAllowed):
    code = "no-such-wish"

    def __init__(self) -> None:
        super().__init__("You asked for nothing of this kind, or took it back already.", hidden=True)


class UnusableWish(BadInput):
    code = "unusable-wish"


class UnusableNeed(BadInput):
    code = "unusable-need"


class StaleNeed(WrongState):
    """Somebody saved it since. What is kept is on the need itself."""

    code = "stale-need"

    def __init__(self) -> None:
        super().__init__("This was changed somewhere else while you were writing. Compare both and save again.")
