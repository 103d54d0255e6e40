"""At which level the whole of a work was found, of levels that were found criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longleaf.engines.rubrics import Rubric


def level_found(finding: Mapping[str, Any], rubric: Rubric) -> str:
    """The code of the lowest level among the criteria that must be met, or among all where none must.

    "" where that is not known: of what was judged elsewhere, or where a criterion tells no level. A chain is as strong
    as its weakest link, and a guess would be worth money to somebody.
    """
    levels = {each["code"]: each.get("level") for each in finding.get("criteria", ())}
    decisive = [each.code for each in rubric.criteria if each.required] or list(rubric.criterion_by_code)
    found = [levels.get(code) or "" for code in decisive]
    return rubric.lowest(found) if all(level in rubric.level_by_code for level in found) else ""
