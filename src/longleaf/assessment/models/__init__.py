from longleaf.assessment.models.appeal import Appeal
from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.models.completeness import CompletenessCheck
from longleaf.assessment.models.copies import Band, CopyFlag, Print
from longleaf.assessment.models.evidence import Artifact, Response, Upload
from longleaf.assessment.models.meeting import CoachMeeting
from longleaf.assessment.models.privacy import AiStatement, Consent, FileText, NameAnswer, Roster, Shown
from longleaf.assessment.models.reading_note import ReadingNote

__all__ = [
    "AiStatement",
    "Appeal",
    "Artifact",
    "Attempt",
    "Band",
    "CoachMeeting",
    "CompletenessCheck",
    "Consent",
    "CopyFlag",
    "FileText",
    "NameAnswer",
    "Print",
    "ReadingNote",
    "Response",
    "Roster",
    "Shown",
    "Submission",
    "Upload",
]
