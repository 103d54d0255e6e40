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
CoachMeetingNeeded     409  so many rounds are used that the version asks for a meeting with a coach first
MeetingNotNeeded       409
NoSuchMeeting          404  it is not there, or another coach is named in it
UnusableMeeting        422
WorkNotReplaceable     409  the version lets a later round mend what was handed in, and not bring other work
WrongOffset            409  bytes were sent for another place of the file; carries the right one
UploadOver             409  the file has arrived, or was refused
NoSuchRequirement      422
TextNotWelcome         422
LinkNotWelcome         422
FileNotWelcome         422
FileInfected           422  a virus was found in it
NotReady               422  carries a sentence for each requirement and statement that is still open
NoSuchDesk             404  only assessors have one
CheckedAlready         409  somebody looked whether it is complete, and was faster
NotDecidedYet          409  its panel is still reading
UnknownIndicator       422
NotLent                409  its earner has not lent it to train assessors
NoNamesFound           422  a list holds no name, or is too long to be one
NoSuchFinding          409  what was found is not there any more
ConsentNotWelcome      422
NoSuchConsent          409  nobody of that number is in the log, or the consent was taken back
StatementNotWelcome    422  what is said of tools does not fit together
NoSuchFlag             404  only lead assessors of its issuer look at it, and none who read or wrote the work
FindingMissing         422
NoSuchAppeal           404  it is not there, is somebody else's, or they had a part in what is appealed
MayNotAppeal           409  the time to appeal is over, or the version lets only the last round be appealed
AppealedAlready        409  a decision is appealed once
AppealIncomplete       422  no ground, no words, or no reason for not admitting it
UnusableAppealPractice 422
UnusableNote           422
NoSuchHold             404  only state officers of the state's agency hold work back, and know of it
EvidenceGone           409  it was kept for its time, and is deleted
HoldIncomplete         422  a hold without work, reason or day
NoSuchMentorship       404  it is somebody else's, was never accepted, or is over
NoSuchComment          404
TooManyMentors         409  three at a time, and twelve invitations in all
ClosedForComments      409  the draft was handed in, or the round is not shown
MentorNotWelcome       422  no address, one's own, or nothing is shown
CommentNotWelcome      422  empty or too long
NoSuchTeam             404  it is nobody's of this person, or no invitation that is open to them
NotForTeams            409  the requirement is made alone, or is carried over as met
TeamIsClosed           409  one of the team handed in, or it is full
NotBegunYet            409  whoever joins must be working on the same version
TeamNotWelcome         422  no address, one's own, or no artifact of one's own
OwnPartNotWelcome      422  too long
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput, NotAllowed, WrongState
from longleaf.kit.numbers import number


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


class CoachMeetingNeeded(WrongState):
    code = "coach-meeting-needed"

    def __init__(self, rounds: int) -> None:
        super().__init__(
            f"After {number(rounds, 'round')} of this micro-credential you meet a coach before the next one opens. "
            "Say with whom and when on the page “Your meeting with a coach”; once they confirm it, you can go on."
        )


class MeetingNotNeeded(WrongState):
    code = "meeting-not-needed"


class NoSuchMeeting(NotAllowed):
    code = "no-such-meeting"

    def __init__(self) -> None:
        super().__init__(
            "There is no meeting for you to confirm at this address. Your list shows those that wait.", hidden=True
        )


class UnusableMeeting(BadInput):
    """`fields` maps `coach`, `met_on` or `reason` to what is wrong with it."""

    code = "unusable-meeting"


class WorkNotReplaceable(WrongState):
    code = "work-not-replaceable"


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


class FileInfected(FileNotWelcome):
    """A scanner found something in a file. `finding` is what it calls it."""

    code = "file-infected"

    def __init__(self, *, name: str, finding: str) -> None:
        sentence = (
            f"A virus scanner found “{finding[:60]}” in “{name[:120]}”, so it was not taken. "
            "Have your device looked at, and add a clean copy."
        )
        super().__init__(sentence, fields={"file": sentence})
        self.finding = finding


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


class NotLent(WrongState):
    code = "not-lent"


class NoNamesFound(BadInput):
    code = "no-names-found"

    def __init__(self, length: int, most: int) -> None:
        sentence = (
            f"The list has {length:,} characters, and at most {most:,} can be taken. Take only the columns of names."
            if length > most
            else "No name was found in the list. Write one name on each line, or paste the columns of names."
        )
        super().__init__(sentence, fields={"names": sentence})


class NoSuchFinding(WrongState):
    code = "no-such-finding"


class ConsentNotWelcome(BadInput):
    code = "consent-not-welcome"


class NoSuchConsent(WrongState):
    code = "no-such-consent"


class StatementNotWelcome(BadInput):
    code = "statement-not-welcome"


class NoSuchFlag(NotAllowed):
    code = "no-such-flag"

    def __init__(self) -> None:
        super().__init__("There is no likeness for you to look at here. Look for it in your list.", hidden=True)


class FindingMissing(BadInput):
    code = "finding-missing"


class NoSuchAppeal(NotAllowed):
    code = "no-such-appeal"

    def __init__(self) -> None:
        super().__init__(
            "There is no appeal for you at this address. Your list of appeals shows those you may look at.", hidden=True
        )


class MayNotAppeal(WrongState):
    code = "may-not-appeal"


class AppealedAlready(WrongState):
    code = "appealed-already"


class AppealIncomplete(BadInput):
    """`fields` maps `grounds`, `words-A`, … or `reason` to what is missing there."""

    code = "appeal-incomplete"


class NoSuchPhrase(NotAllowed):
    """Somebody else's, of a pool that is not theirs, or none at all."""

    code = "no-such-phrase"

    def __init__(self) -> None:
        super().__init__("There is no such phrase of yours. Your page of phrases lists those you may use.", hidden=True)


class UnusablePhrase(BadInput):
    """`fields` maps `text` or `about` to what is wrong with it."""

    code = "unusable-phrase"


class UnusableAppealPractice(BadInput):
    """`fields` maps `smallest_told` to what is wrong with it."""

    code = "unusable-appeal-practice"


class UnusableNote(BadInput):
    """`fields` maps `text`, `place` or `exhibit` to what is wrong with it."""

    code = "unusable-note"


class NoSuchHold(NotAllowed):
    code = "no-such-hold"

    def __init__(self) -> None:
        super().__init__(
            "There is no hold for you at this address. State officers find theirs in the list.", hidden=True
        )


class HoldIncomplete(BadInput):
    """`fields` maps `what`, `reason` or `until` to what is missing there."""

    code = "hold-incomplete"


class NoSuchMentorship(NotAllowed):
    code = "no-such-mentorship"

    def __init__(self) -> None:
        super().__init__("There is no draft for you to look at here. Your people are in your list.", hidden=True)


class NoSuchComment(NotAllowed):
    code = "no-such-comment"

    def __init__(self) -> None:
        super().__init__("There is no such comment on your draft. Reload the page.", hidden=True)


class TooManyMentors(WrongState):
    code = "too-many-mentors"


class ClosedForComments(WrongState):
    code = "closed-for-comments"


class MentorNotWelcome(BadInput):
    """`fields` maps `address` or `requirements` to what is wrong with it."""

    code = "mentor-not-welcome"


class CommentNotWelcome(BadInput):
    code = "comment-not-welcome"


class NoSuchTeam(NotAllowed):
    code = "no-such-team"

    def __init__(self) -> None:
        super().__init__("There is no team of yours here. Look for it beside your evidence.", hidden=True)


class NotForTeams(WrongState):
    code = "not-for-teams"


class TeamIsClosed(WrongState):
    code = "team-is-closed"


class NotBegunYet(WrongState):
    code = "not-begun-yet"


class TeamNotWelcome(BadInput):
    """`fields` maps `address` to what is wrong with it."""

    code = "team-not-welcome"


class OwnPartNotWelcome(BadInput):
    code = "own-part-not-welcome"


class EvidenceGone(WrongState):
    code = "evidence-gone"
