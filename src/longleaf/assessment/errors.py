"""What can go wrong with an attempt.

NoSuchAttempt          404  it is not there, or it is somebody else's, which a stranger must not tell apart
NoSuchSubmission       404  the same, told to assessors
NoSuchUpload           404
MayNotStart            403  only educators make attempts
NotOpenForWriting      409  it was handed in, decided or withdrawn
ResponseLocked         409  its criteria were met in an earlier round
StaleRevision          409  another tab or device saved since; carries what the server holds
NoSuchRound            409  evidence of an earlier round is not changed any more
AlreadyDemonstrated    409
AttemptsUsedUp         409
WrongOffset            409  bytes were sent for another place of the file; carries the right one
UploadOver             409  the file has arrived, or was refused
NoSuchRequirement      422
TextNotWelcome         422
LinkNotWelcome         422
FileNotWelcome         422
NotReady               422  carries a sentence for each requirement and statement that is still open
NoSuchDesk             404  only assessors have one
CheckedAlready         409  somebody looked whether it is complete, and was faster
NotDecidedYet          409  its panel is still reading
UnknownIndicator       422
UnusableNote           422
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState


class NoSuchAttempt(NotAllowed):
    code = "no-such-attempt"

    def __init__(self) -> None:
        super().__init__("There is no attempt of yours at this address. Look for it in your list of work.", hidden=True)


class NoSuchSubmission(NotAllowed):
    code = "no-such-submission"

    def __init__(self) -> None:
        super().__init__("There is nothing for you to read at this address. Look for it in your queue.", hidden=True)


class NoSuchUpload(NotAllowed):
    code = "no-such-upload"

    def __init__(self) -> None:
        super().__init__("There is no upload of yours at this address. Choose the file again.", hidden=True)


class MayNotStart(NotAllowed):
    code = "may-not-start"


class NotOpenForWriting(WrongState):
    code = "not-open-for-writing"


class ResponseLocked(WrongState):
    code = "response-locked"


class StaleRevision(WrongState):
    """What was typed began from an older text. `revision` and `text` are what the server holds now."""

    code = "stale-revision"

    def __init__(self, *, revision: int, text: str) -> None:
        super().__init__(
            "This text was saved from another page or device since you opened it. "
            "Compare the two and keep what you want."
        )
        self.revision = revision
        self.text = text


class NoSuchRound(WrongState):
    code = "no-such-round"


class AlreadyDemonstrated(WrongState):
    code = "already-demonstrated"


class AttemptsUsedUp(WrongState):
    code = "attempts-used-up"


class WrongOffset(WrongState):
    """Bytes were sent for another place than the next one. `received` says how many bytes are here."""

    code = "wrong-offset"

    def __init__(self, *, received: int) -> None:
        super().__init__(f"{received} bytes of this file are here. Go on from there.")
        self.received = received


class UploadOver(WrongState):
    code = "upload-over"


class NoSuchRequirement(BadInput):
    code = "no-such-requirement"


class TextNotWelcome(BadInput):
    code = "text-not-welcome"


class LinkNotWelcome(BadInput):
    code = "link-not-welcome"


class FileNotWelcome(BadInput):
    code = "file-not-welcome"


class NotReady(BadInput):
    """Something that is asked for is not there yet. `fields` maps requirements and statements to how to mend them."""

    code = "not-ready"


class NoSuchDesk(NotAllowed):
    code = "no-such-desk"

    def __init__(self) -> None:
        super().__init__("There is no desk of yours at this address. Assessors of an issuer have one.", hidden=True)


class CheckedAlready(WrongState):
    code = "checked-already"


class NotDecidedYet(WrongState):
    code = "not-decided-yet"


class UnknownIndicator(BadInput):
    code = "unknown-indicator"


class UnusableNote(BadInput):
    """`fields` maps `text`, `place` or `exhibit` to what is wrong with it."""

    code = "unusable-note"
