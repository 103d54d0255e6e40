"""How an award was judged, as `assessment` tells it and as the badge repeats it.

    {
      "readers": 2,                 how many people judged the work on their own, the third included
      "blind": true,                whether they saw whose work it was
      "criteria": [                 one per criterion of the version's rubric, in any order
        {"code": "A", "met": true, "level": "demonstrated", "decided_by": "before"}
      ]
    }

or, where the issuer judged the work outside this installation and only the outcome was entered here,

    {
      "elsewhere": "A panel of three read each portfolio on paper in May 2026."      the issuer's own words
    }

Of that nothing more is known, so nothing more may be said: no readers, no blindness, no result per criterion.

Other members are kept and not read. `level` is the level's code, or null where only `met` is known. `decided_by` may be
left out; it is `before` where the level is that of an earlier round. Of a criterion that is met, that says that this
round's readers did not judge it; one that is not met they judged, and found no better. It
is `lead` where the readers differed and a lead assessor, who is none of them, decided.
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
LEAD = "lead"
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class CriterionFinding:
    """One criterion of the rubric, whether it was met, and at which level (None where only `met` is known)."""

    criterion: Criterion
    met: bool
    level: Level | None
    met_before: bool = False
    decided_by_lead: bool = False

    @property
    def word(self) -> str:
        """What was found, in a word or two."""
        return self.level.title if self.level else ("Demonstrated" if self.met else "Not yet")


@dataclass(frozen=True)
class Finding:
    """A finding, read against the rubric it was made by. Criteria stand in the order of the rubric.

    `elsewhere` is how the issuer says that it judged outside this installation; then there are no readers and no
    criteria, and `blind` is false, because nobody here can vouch for it.
    """

    readers: int
    blind: bool
    criteria: tuple[CriterionFinding, ...]
    elsewhere: str = ""

    @property
    def sentence(self) -> str:
        """Who judged, and what they knew."""
        if self.elsewhere:
            return (
                f"The issuer judged the work elsewhere and says how: “{self.elsewhere}” Only the outcome was entered"
                " here, so this record holds no reading of the evidence and no result per criterion, and cannot tell"
                " how many assessors there were or whether they knew whose work it was."
            )
        count = NUMBER_WORDS[self.readers] if self.readers < len(NUMBER_WORDS) else str(self.readers)
        who = f"{count.capitalize()} {'assessor' if self.readers == 1 else 'assessors'}"
        how = "without knowing whose work it was" if self.blind else "knowing whose work it was"
        each = ", each on their own" if self.readers > 1 else ""
        return f"{who} judged the evidence by the published rubric{each} and {how}.{self._by_lead}{self._before}"

    @property
    def _by_lead(self) -> str:
        """What the readers differed on, and who decided."""
        count = sum(each.decided_by_lead for each in self.criteria)
        if not count:
            return ""
        return f" They differed on {number(count, 'criterion', 'criteria')}, which a lead assessor decided."

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


def judged_elsewhere(how: str) -> dict[str, str]:
    """The finding of an issuer that judged the work outside this installation, with how, in its own words."""
    return {"elsewhere": how}


def read_finding(finding: Mapping[str, Any], *, rubric: Rubric) -> Finding:
    """Read a finding that was checked before it was stored."""
    if "elsewhere" in finding:
        return Finding(readers=0, blind=False, criteria=(), elsewhere=finding["elsewhere"])
    found = {each["code"]: each for each in finding["criteria"]}
    return Finding(
        readers=finding["readers"],
        blind=finding["blind"],
        criteria=tuple(
            CriterionFinding(
                criterion=criterion,
                met=found[criterion.code]["met"],
                level=rubric.level_by_code.get(found[criterion.code].get("level") or ""),
                met_before=found[criterion.code]["met"] and found[criterion.code].get("decided_by") == BEFORE,
                decided_by_lead=found[criterion.code].get("decided_by") == LEAD,
            )
            for criterion in rubric.criteria
            if criterion.code in found
        ),
    )


def _faults(finding: Mapping[str, Any], rubric: Rubric) -> Iterator[str]:
    if "elsewhere" in finding:
        yield from _faults_of_elsewhere(finding)
        return
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


def _faults_of_elsewhere(finding: Mapping[str, Any]) -> Iterator[str]:
    how = finding["elsewhere"]
    if not isinstance(how, str) or not how.strip():
        yield "`elsewhere` must say in words how it was judged"
    if unknown := [name for name in ("readers", "blind", "criteria") if name in finding]:
        yield f"what was judged elsewhere cannot tell of {' or '.join(f'`{name}`' for name in unknown)}"


def _faults_of_criterion(found: Mapping[str, Any], rubric: Rubric) -> Iterator[str]:
    code, level = found.get("code"), found.get("level")
    if code not in rubric.criterion_by_code:
        yield f"the rubric has no criterion {code!r}"
    if not isinstance(found.get("met"), bool):
        yield f"`met` of {code!r} must be true or false"
    if level is not None and level not in rubric.level_by_code:
        yield f"the rubric has no level {level!r}"
