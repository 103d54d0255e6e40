from longleaf.awards.models.award import Award
from longleaf.awards.models.bulk_award import BulkAward, BulkRow
from longleaf.awards.models.endorsement import Endorsement
from longleaf.awards.models.issuing_key import IssuingKey
from longleaf.awards.models.status_list import StatusList

__all__ = ["Award", "BulkAward", "BulkRow", "Endorsement", "IssuingKey", "StatusList"]
