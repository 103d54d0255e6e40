"""What the page of a badge tells, gathered from the award, its version and a live verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from longleaf.awards import access, addresses
from longleaf.awards.contents import achievements, credentials, judgement
from longleaf.awards.contents.finding import Finding, read_finding
from longleaf.awards.models import Award
from longleaf.awards.sharing import links as share_links
from longleaf.awards.status import AwardStatus, Visibility
from longleaf.awards.verification import reports as reading_reports
from longleaf.awards.verification import verifying
from longleaf.awards.verification.reports import ReportShown
from longleaf.catalog.design import Design
from longleaf.engines.openbadges.building import Evidence

if TYPE_CHECKING:
    from longleaf.awards.access import Reader
    from longleaf.catalog.models import Alignment


@dataclass(frozen=True)
class BadgePage:
    """A badge as one reader sees it. Everything is read when the template asks for it, once."""

    award: Award
    reader: Reader

    @cached_property
    def design(self) -> Design:
        return Design(self.award.version.document)

    @cached_property
    def finding(self) -> Finding:
        return read_finding(self.award.finding, rubric=self.design.rubric)

    @cached_property
    def report(self) -> ReportShown:
        return reading_reports.shown(verifying.verify_award(self.award))

    @cached_property
    def alignments(self) -> list[Alignment]:
        return achievements.alignments_of(self.award.version)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        return credentials.evidence_of(self.award)

    @property
    def is_issued(self) -> bool:
        return self.award.status != AwardStatus.QUEUED

    @property
    def is_revoked(self) -> bool:
        return self.award.status == AwardStatus.REVOKED

    @property
    def is_own(self) -> bool:
        return access.is_earner(self.reader, self.award)

    @cached_property
    def may_revoke(self) -> bool:
        return self.award.status == AwardStatus.ISSUED and access.may_revoke(self.reader, self.award)

    @property
    def visibility(self) -> str:
        return Visibility(self.award.visibility).label

    @property
    def address(self) -> str:
        return addresses.badge(self.award.uuid)

    @property
    def linkedin(self) -> str:
        return share_links.linkedin(self.award, expires_at=self.expires_at)

    @property
    def snippet(self) -> str:
        return share_links.snippet(self.award)

    @property
    def expires_at(self) -> datetime | None:
        return credentials.expiry_of(self.award.version, self.award.earned_at)

    @property
    def rubric_digest(self) -> str:
        return judgement.rubric_digest(self.award.version)
