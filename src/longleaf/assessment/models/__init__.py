from longleaf.assessment.models.appeal import Appeal
from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.models.completeness import CompletenessCheck
from longleaf.assessment.models.evidence import Artifact, Response, Upload

__all__ = ["Appeal", "Artifact", "Attempt", "CompletenessCheck", "Response", "Submission", "Upload"]
