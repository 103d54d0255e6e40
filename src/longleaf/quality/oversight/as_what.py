"""What is looked after when it is no version of a micro-credential. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.quality import wording
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


@dataclass(frozen=True)
class AsWhat:
    """An organisation as what it was approved: an issuer, a school unit that runs a pathway, or by its plan."""

    organisation: Organisation
    judged_as: Judges

    def __str__(self) -> str:
        return wording.AS_WHAT[self.judged_as].format(self.organisation)
