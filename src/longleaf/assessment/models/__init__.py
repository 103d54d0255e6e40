from longleaf.assessment.models.appeal import Appeal, AppealPractice
from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.models.completeness import CompletenessCheck
from longleaf.assessment.models.copies import Band, CopyFlag, Print
from longleaf.assessment.models.evidence import Artifact, Response, Upload
from longleaf.assessment.models.meeting import CoachMeeting
from longleaf.assessment.models.mentoring import DraftComment, Mentorship
from longleaf.assessment.models.phrase import Phrase
from longleaf.assessment.models.privacy import (
    AiStatement,
    Consent,
    FileText,
    LookedThrough,
    NameAnswer,
    Roster,
    Shown,
)
from longleaf.assessment.models.reading_note import ReadingNote
from longleaf.assessment.models.retention import Hold, Leftover, LettingGo, Night
from longleaf.assessment.models.team import OwnPart, Team, TeamMember

__all__ = [
    "AiStatement",
    "Appeal",
    "AppealPractice",
    "Artifact",
    "Attempt",
    "Band",
    "CoachMeeting",
    "CompletenessCheck",
    "Consent",
    "CopyFlag",
    "DraftComment",
    "FileText",
    "Hold",
    "Leftover",
    "LettingGo",
    "LookedThrough",
    "Mentorship",
    "NameAnswer",
    "Night",
    "OwnPart",
    "Phrase",
    "Print",
    "ReadingNote",
    "Response",
    "Roster",
    "Shown",
    "Submission",
    "Team",
    "TeamMember",
    "Upload",
]
