"""What two documents of a policy say differently, as `engines.policy.comparing` finds it, in the words of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longleaf.engines.policy.comparing import WHOLE, Change, Fate, compare
from longleaf.engines.policy.comparing import Difference as RuleThatDiffers
from longleaf.recognition.editor.wording import SECTIONS, label_of, listed

# Where these differ, the rule is worth the same; it is only told or sourced otherwise.
ONLY_TOLD = frozenset({"title", "note", "source_ids", "standing", "text", "settled", "because", "otherwise"})
KINDS = {Fate.ADDED: "new", Fate.REMOVED: "gone", Fate.CHANGED: "changed"}


@dataclass(frozen=True)
class Difference:
    """One value of a rule that differs; nothing stands on the side that has it not."""

    where: str
    before: str
    after: str
    only_told: bool = False


@dataclass(frozen=True)
class RuleChange:
    """A rule that was added, that is gone, or whose values differ."""

    id: str
    title: str
    kind: str
    differences: Sequence[Difference]
    standing: str = ""
    sources: Sequence[str] = ()
    note: str = ""

    @property
    def only_told(self) -> bool:
        """Whether nothing differs but how the rule is told and sourced."""
        return self.kind == "changed" and all(each.only_told for each in self.differences)


@dataclass(frozen=True)
class SectionChange:
    title: str
    rules: Sequence[RuleChange]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChange]:
    """What an earlier and a later document say differently, by section; empty where they say the same."""
    found: dict[str, list[RuleChange]] = {}
    for each in compare(before, after):
        found.setdefault("" if each.part == WHOLE else each.part, []).append(_rule(each))
    # Parts that no document should have come last, under the name that somebody gave them.
    parts = [*SECTIONS, *(part for part in found if part not in SECTIONS)]
    return [SectionChange(SECTIONS.get(part) or label_of(part), found[part]) for part in parts if part in found]


def _rule(found: RuleThatDiffers) -> RuleChange:
    said, name = found.said, found.name or ("" if found.part == WHOLE else found.part)
    return RuleChange(
        id=name,
        title=found.title or str(said.get("id") or "") or label_of(name or "policy"),
        kind=KINDS[found.fate],
        differences=[_difference(each) for each in found.changes],
        standing=str(said.get("standing") or ""),
        sources=[str(each) for each in listed(said.get("source_ids"))],
        note=str(said.get("note") or ""),
    )


def _difference(change: Change) -> Difference:
    where = " › ".join(step.word if step.is_name else label_of(step.word) for step in change.steps)
    last = change.steps[-1]
    return Difference(where, change.before, change.after, not last.is_name and last.word in ONLY_TOLD)
