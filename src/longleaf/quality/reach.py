"""How far the state's approval of an issuer reaches: for which families of micro-credentials it may issue.

An approval that names no family is for all of them, and so is having none: a state that asks for no approval before it
recognizes a design is not held up by one. Where several hold, one that reaches far enough is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.quality import queries

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation
    from longleaf.quality.models import QualityDecision


@dataclass(frozen=True)
class OutOfReach:
    """A family for which an issuer is not approved, and what its approvals are for; families as their titles."""

    family: str
    approved_for: tuple[str, ...]
    decisions: tuple[QualityDecision, ...]

    def __str__(self) -> str:
        return f"The issuer is approved for {_listed(self.approved_for)}, and this belongs to {self.family}."


def out_of_reach(issuer: Organisation, family: str, day: date) -> OutOfReach | None:
    """What stands in the way of recognizing a design of a family, by its code, on a day; None where nothing does.

    Only what the agency of the state decided counts. A constant number of queries.
    """
    agency = directory.agency()
    if agency is None or not family:
        return None
    holding = queries.holding_on_organisation(issuer, day)
    approvals = [each.decision for each in holding if each.recognises and each.decision.decided_by_id == agency.pk]
    if not approvals or any(not each.families or family in each.families for each in approvals):
        return None
    titles = catalog.families_of(issuer.state)
    approved = {code for each in approvals for code in each.families}
    # In the state's order; a family that the state gave up keeps its code.
    told = [title for code, title in titles.items() if code in approved]
    told += sorted(code for code in approved if code not in titles)
    return OutOfReach(titles.get(family, family), tuple(told), tuple(approvals))


def _listed(titles: tuple[str, ...]) -> str:
    quoted = [f"“{each}”" for each in titles]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
