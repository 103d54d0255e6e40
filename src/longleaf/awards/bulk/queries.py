"""Reads of lists that are awarded together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from longleaf.awards import access
from longleaf.awards.errors import NoSuchBulkAward
from longleaf.awards.models import BulkAward, BulkRow
from longleaf.awards.status import RowStatus
from longleaf.catalog import queries as catalog

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

_SHOWN = ("issuer", "version__micro_credential", "handed_in_by", "confirmed_by")


@dataclass(frozen=True)
class Counted:
    """How many rows of a list are where."""

    ready: int
    to_mend: int
    awarded: int
    left_out: int

    @property
    def all(self) -> int:
        return self.ready + self.to_mend + self.awarded + self.left_out

    @property
    def settled(self) -> int:
        return self.awarded + self.left_out


def bulk_award_by_ref(ref: str, *, officer: Person) -> BulkAward:
    """A list of an organisation in which somebody is an issuing officer. Raises `NoSuchBulkAward` for anybody else."""
    found = access.bulk_awards_of(officer).select_related(*_SHOWN).filter(ref=ref).first()
    if found is None:
        raise NoSuchBulkAward
    return found


def bulk_awards_of(officer: Person) -> QuerySet[BulkAward]:
    """The lists of the organisations in which somebody is an issuing officer, the newest first."""
    shown = access.bulk_awards_of(officer).select_related(*_SHOWN).defer("version__document", "version__search_text")
    return shown.order_by("-handed_in_at", "-pk")


def versions_to_award(officer: Person) -> QuerySet[Version]:
    """What somebody may award in bulk: every version that their organisations have published."""
    return catalog.ever_published_by(access.issuing_organisations_of(officer))


def counted(bulk_award: BulkAward) -> Counted:
    """How far a list has come, in one query however long it is."""
    numbers: Counter[str] = Counter()
    numbers.update(dict(bulk_award.rows.order_by().values_list("status").annotate(Count("pk"))))
    return Counted(
        ready=numbers[RowStatus.READY],
        to_mend=numbers[RowStatus.PROBLEM],
        awarded=numbers[RowStatus.AWARDED],
        left_out=numbers[RowStatus.SKIPPED],
    )


def left_out(bulk_award: BulkAward) -> QuerySet[BulkRow]:
    """The rows that have to be mended or were not awarded, in the order of the file."""
    return bulk_award.rows.filter(status__in=[RowStatus.PROBLEM, RowStatus.SKIPPED]).order_by("number")


def rows_for_report(bulk_award: BulkAward) -> QuerySet[BulkRow]:
    """Every row with its badge, without the badge's content."""
    rows = bulk_award.rows.select_related("award").order_by("number")
    return rows.defer("award__credential", "award__finding", "award__evidence")
