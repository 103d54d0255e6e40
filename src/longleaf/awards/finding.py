"""How an award was judged, as `assessment` tells it and as the badge repeats it.

    {
      "readers": 2,                 how many people judged the work, the third included
      "blind": true,                whether they saw whose work it was
      "criteria": [                 one per criterion of the version's rubric, in any order
        {"code": "A", "met": true, "level": "demonstrated", "decided_by": "before"}
      ]
    }

Other members are kept and not read. `level` is the level's code, or null where only `met` is known. `decided_by` may be
left out; it is `before` where an earlier round had met the criterion, so that this round's readers did not judge it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from longleaf.awards.errors import MalformedFinding
from longleaf.catalog.design import Design
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.engines.rubrics import Criterion, Level, Rubric

BEFORE = "before"
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class CriterionFinding:
    """One criterion of the rubric, whether it was met, and at which level (None where only `met` is known)."""

    criterion: Criterion
    met: bool
    level: Level | None
    met_before: bool = False

    @property
    def word(self) -> str:
        """What was found, in a word or two."""
        return self.level.title if self.level else ("Demonstrated" if self.met else "Not yet")


@dataclass(frozen=True)
class Finding:
    """A finding, read against the rubric it was made by. Criteria stand in the order of the rubric."""

    readers: int
    blind: bool
    criteria: tuple[CriterionFinding, ...]

    @property
    def sentence(self) -> str:
        """Who judged, and what they knew."""
        count = NUMBER_WORDS[self.readers] if self.readers < len(NUMBER_WORDS) else str(self.readers)
        who = f"{count.capitalize()} {'assessor' if self.readers == 1 else 'assessors'}"
        how = "without knowing whose work it was" if self.blind else "knowing whose work it was"
        each = ", each on their own" if self.readers > 1 else ""
        return f"{who} judged the evidence by the published rubric{each} and {how}.{self._before}"

    @property
    def _before(self) -> str:
        """What these readers did not judge, because readers before them had found it met."""
        count = sum(each.met_before for each in self.criteria)
        if not count:
            return ""
        was = "was" if count == 1 else "were"
        return f" {number(count, 'criterion', 'criteria')} had been met in an earlier round and {was} not judged again."


def check_finding(finding: Mapping[str, Any], *, version: Version) -> None:
    """Raise `MalformedFinding`, naming every fault, unless the finding fits the version's rubric."""
    faults = list(_faults(finding, Design(version.document).rubric))
    if faults:
        raise MalformedFinding(f"How it was judged cannot be put on a badge: {'; '.join(faults)}.")


def read_finding(finding: Mapping[str, Any], *, rubric: Rubric) -> Finding:
    """Read a finding that was checked before it was stored."""
    found = {each["code"]: each for each in finding["criteria"]}
    return Finding(
        readers=finding["readers"],
        blind=finding["blind"],
        criteria=tuple(
            CriterionFinding(
                criterion=criterion,
                met=found[criterion.code]["met"],
                level=rubric.level_by_code.get(found[criterion.code].get("level") or ""),
                met_before=found[criterion.code].get("decided_by") == BEFORE,
            )
            for criterion in rubric.criteria
            if criterion.code in found
        ),
    )


def _faults(finding: Mapping[str, Any], rubric: Rubric) -> Iterator[str]:
    readers, blind, criteria = finding.get("readers"), finding.get("blind"), finding.get("criteria")
    if not isinstance(readers, int) or isinstance(readers, bool) or readers < 1:
        yield "`readers` must be a number from 1"
    if not isinstance(blind, bool):
        yield "`blind` must be true or false"
    if not isinstance(criteria, list) or not criteria:
        yield "`criteria` must list what was found"
        return
    codes = [each.get("code") for each in criteria if isinstance(each, Mapping)]
    if len(codes) != len(criteria) or len(set(codes)) != len(codes):
        yield "each entry of `criteria` must name its own criterion"
    for each in criteria:
        if isinstance(each, Mapping):
            yield from _faults_of_criterion(each, rubric)


def _faults_of_criterion(found: Mapping[str, Any], rubric: Rubric) -> Iterator[str]:
    code, level = found.get("code"), found.get("level")
    if code not in rubric.criterion_by_code:
        yield f"the rubric has no criterion {code!r}"
    if not isinstance(found.get("met"), bool):
        yield f"`met` of {code!r} must be true or false"
    if level is not None and level not in rubric.level_by_code:
        yield f"the rubric has no level {level!r}"
