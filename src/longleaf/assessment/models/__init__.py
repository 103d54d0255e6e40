from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.models.completeness import CompletenessCheck
from longleaf.assessment.models.evidence import Artifact, Response, Upload
from longleaf.assessment.models.reading_note import ReadingNote

__all__ = ["Artifact", "Attempt", "CompletenessCheck", "ReadingNote", "Response", "Submission", "Upload"]
