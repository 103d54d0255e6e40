"""The life of an attempt, as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class AttemptStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned incomplete"
    IN_REVIEW = "in_review", "In review"
    NOT_YET = "not_yet", "Not yet"
    APPEALED = "appealed", "Appeal under way"
    DEMONSTRATED = "demonstrated", "Demonstrated"
    WITHDRAWN = "withdrawn", "Withdrawn"
    # Written by an issuer's own staff to train and to test assessors; nobody is judged by it.
    SAMPLE = "sample", "Sample for assessors"


S = AttemptStatus
ATTEMPT_MOVES: Mapping[AttemptStatus, frozenset[AttemptStatus]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN, S.SAMPLE}),
    S.SUBMITTED: frozenset({S.RETURNED, S.IN_REVIEW, S.WITHDRAWN}),
    # A return for completeness costs no attempt: the same submission is mended and handed in again.
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.NOT_YET, S.DEMONSTRATED}),
    # Opening a new round copies the evidence and leaves the judged round as it was.
    S.NOT_YET: frozenset({S.DRAFT, S.APPEALED, S.WITHDRAWN}),
    # While an appeal is under way no round opens and nothing is withdrawn: its end decides what stands.
    S.APPEALED: frozenset({S.NOT_YET, S.DEMONSTRATED}),
    S.DEMONSTRATED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.SAMPLE: frozenset(),
}
OPEN_FOR_WRITING = frozenset({S.DRAFT, S.RETURNED})
# Handed in and not decided: whoever judges it has it.
WITH_THE_ASSESSORS = frozenset({S.SUBMITTED, S.IN_REVIEW})
UNDER_WAY = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED, S.IN_REVIEW, S.NOT_YET, S.APPEALED})


class AppealStatus(models.TextChoices):
    LODGED = "lodged", "Waiting to be looked at"
    READING = "reading", "Being read anew"
    NOT_ADMITTED = "not_admitted", "Not admitted"
    STANDS = "stands", "The decision stands"
    CHANGED = "changed", "The decision is changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


APPEAL_MOVES: Mapping[AppealStatus, frozenset[AppealStatus]] = {
    AppealStatus.LODGED: frozenset({AppealStatus.READING, AppealStatus.NOT_ADMITTED, AppealStatus.WITHDRAWN}),
    # Whoever reads anew must not learn that it is an appeal, so their work is not called off either.
    AppealStatus.READING: frozenset({AppealStatus.STANDS, AppealStatus.CHANGED}),
    AppealStatus.NOT_ADMITTED: frozenset(),
    AppealStatus.STANDS: frozenset(),
    AppealStatus.CHANGED: frozenset(),
    AppealStatus.WITHDRAWN: frozenset(),
}
APPEAL_UNDER_WAY = frozenset({AppealStatus.LODGED, AppealStatus.READING})
# What came of it is told in numbers; what was taken back is nobody's outcome.
APPEAL_ANSWERED = frozenset({AppealStatus.NOT_ADMITTED, AppealStatus.STANDS, AppealStatus.CHANGED})


class AppealGround(models.TextChoices):
    PROCEDURE = "procedure", "The procedure was not followed"
    OVERLOOKED = "overlooked", "Evidence was overlooked"
    CONFLICT = "conflict", "Somebody who read had a conflict of interest"
    ACCOMMODATION = "accommodation", "An accommodation was not given"
    OTHER = "other", "Another ground"


class MentorStatus(models.TextChoices):
    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Looks at your draft"
    DECLINED = "declined", "Said no"
    WITHDRAWN = "withdrawn", "You took it back"
    # Whatever is not accepted when the work is handed in can be accepted no more.
    LAPSED = "lapsed", "Over, because you handed in"
    ENDED = "ended", "Over"


MENTOR_MOVES: Mapping[MentorStatus, frozenset[MentorStatus]] = {
    MentorStatus.INVITED: frozenset(
        {MentorStatus.ACCEPTED, MentorStatus.DECLINED, MentorStatus.WITHDRAWN, MentorStatus.LAPSED}
    ),
    MentorStatus.ACCEPTED: frozenset({MentorStatus.ENDED}),
    MentorStatus.DECLINED: frozenset(),
    MentorStatus.WITHDRAWN: frozenset(),
    MentorStatus.LAPSED: frozenset(),
    MentorStatus.ENDED: frozenset(),
}
# Whoever once looked is kept from judging for good.
MENTORED = frozenset({MentorStatus.ACCEPTED, MentorStatus.ENDED})


class MemberOfTeam(models.TextChoices):
    INVITED = "invited", "Asked"
    JOINED = "joined", "Belongs to it"
    DECLINED = "declined", "Said no"
    WITHDRAWN = "withdrawn", "Asked no more"
    # A team takes nobody in once one of it has handed in.
    LAPSED = "lapsed", "Over, because one of you handed in"
    LEFT = "left", "Left"


M = MemberOfTeam
TEAM_MOVES: Mapping[MemberOfTeam, frozenset[MemberOfTeam]] = {
    M.INVITED: frozenset({M.JOINED, M.DECLINED, M.WITHDRAWN, M.LAPSED}),
    M.JOINED: frozenset({M.LEFT}),
    M.DECLINED: frozenset(),
    M.WITHDRAWN: frozenset(),
    M.LAPSED: frozenset({M.WITHDRAWN}),
    M.LEFT: frozenset(),
}


# Who has, or had, a part in what a team made; whoever was only asked has none.
MADE_TOGETHER = (MemberOfTeam.JOINED, MemberOfTeam.LEFT)


class MeetingStatus(models.TextChoices):
    SAID = "said", "Waiting for the coach to confirm"
    CONFIRMED = "confirmed", "Confirmed by the coach"
    NOT_CONFIRMED = "not_confirmed", "Not confirmed"
    TAKEN_BACK = "taken_back", "Taken back"


MEETING_MOVES: Mapping[MeetingStatus, frozenset[MeetingStatus]] = {
    MeetingStatus.SAID: frozenset({MeetingStatus.CONFIRMED, MeetingStatus.NOT_CONFIRMED, MeetingStatus.TAKEN_BACK}),
    MeetingStatus.CONFIRMED: frozenset(),
    # The earner says it anew; what was not confirmed stays as it is.
    MeetingStatus.NOT_CONFIRMED: frozenset(),
    MeetingStatus.TAKEN_BACK: frozenset(),
}
MEETING_ANSWERED = frozenset(MeetingStatus) - {MeetingStatus.SAID}


class UploadStatus(models.TextChoices):
    RECEIVING = "receiving", "Arriving"
    CHECKING = "checking", "Being checked"
    READY = "ready", "Ready"
    REFUSED = "refused", "Refused"
    QUARANTINED = "quarantine", "Not taken: a virus was found"


U = UploadStatus
UPLOAD_MOVES: Mapping[UploadStatus, frozenset[UploadStatus]] = {
    U.RECEIVING: frozenset({U.CHECKING, U.READY, U.REFUSED, U.QUARANTINED}),
    # Here whole, and waiting for a virus scanner that does not answer.
    U.CHECKING: frozenset({U.READY, U.REFUSED, U.QUARANTINED}),
    U.READY: frozenset(),
    U.REFUSED: frozenset(),
    U.QUARANTINED: frozenset(),
}
# Not evidence yet, and not refused.
ON_THE_WAY = frozenset({U.RECEIVING, U.CHECKING})
NOT_TAKEN = frozenset({U.REFUSED, U.QUARANTINED})


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    OFFICE = "office", "Office document"
    IMAGE = "image", "Image"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    # Captions or the words of a recording. Never evidence by itself: it belongs to the artifact that it tells.
    TRANSCRIPT = "transcript", "Transcript"


# Kinds of file in which software finds text.
WITH_TEXT = (FileKind.PDF, FileKind.OFFICE)


class TextState(models.TextChoices):
    """How far the text of a file could be read."""

    READ = "read", "Looked through"
    PART = "part", "Looked through in part"
    UNREADABLE = "unreadable", "Cannot be read by software"


class ConsentKind(models.TextChoices):
    SCHOOL_FORM = "school_form", "Signed form on file at the school"
    GUARDIAN_FORM = "guardian_form", "Form signed by a parent or guardian"
    OWN = "own", "An adult’s own consent"


class AiUse(models.TextChoices):
    NONE = "none", "No such tool"
    IDEAS = "ideas", "For ideas"
    WORDING = "wording", "For wording or translating"
    IMAGES = "images", "For images, sound or film"
    OTHER = "other", "For something else"


class LikenessKind(models.TextChoices):
    FILE = "file", "The same file"
    TEXT = "text", "A like text"
    IMAGE = "image", "A like image"
    USED_TWICE = "used_twice", "One earner’s file, used twice"


class FlagFinding(models.TextChoices):
    COINCIDENCE = "coincidence", "Coincidence"
    SHARED = "shared", "Work that a team may share"
    SERVES_BOTH = "serves_both", "It may serve for both"
    LOOK_INTO = "look_into", "To be looked into"
