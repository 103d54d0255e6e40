"""What the choices of the editor are: from the state's pack, from the draft itself, or always the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from longleaf.catalog import wording
from longleaf.catalog.artwork import ICON_TITLES
from longleaf.catalog.models import Family, Stack
from longleaf.catalog.status import Facet
from longleaf.catalog.studio.ruling import CHOICES_OF_A_RULE
from longleaf.catalog.studio.shapes import Of
from longleaf.frameworks import queries as frameworks
from longleaf.kit.standing import STANDINGS, labelled

if TYPE_CHECKING:
    from longleaf.directory.models import State
    from longleaf.frameworks.models import FrameworkItem
    from longleaf.frameworks.queries import Branch

Options = Sequence[tuple[str, str]]
ALWAYS: Mapping[str, Options] = {
    "forms": (("text", "Text"), ("file", "Files"), ("link", "A link")),
    "kinds_of_file": tuple((code, title[:1].upper() + title[1:]) for code, title in wording.KINDS_OF_FILE.items()),
    **CHOICES_OF_A_RULE,
    "standings": tuple((code, title) for code, (title, *_) in STANDINGS.items()),
    "ai_rules": (
        ("allowed", "Yes, and the earner says for what"),
        ("not_allowed", "No, and the earner says that they were not"),
        ("not_asked", "It is not asked"),
    ),
    "replacing": (
        ("keep_met", "Yes, and what was met stays met"),
        ("start_over", "Yes, and everything is judged anew"),
    ),
    "icons": tuple(ICON_TITLES.items()),
    "origins": (("invented", "It is invented"), ("real", "Somebody made it, and agreed to its use")),
}
FROM_PACK = {"roles": Facet.ROLE, "bands": Facet.GRADE_BAND, "topics": Facet.TOPIC}
UNTITLED = "without a title yet"


@dataclass(frozen=True)
class OptionsOf:
    """The choices for one draft. Each source is read once, when it is first asked for."""

    state: State
    typed: Mapping[str, Any]

    def named(self, source: str) -> Options:
        if source in ALWAYS:
            return ALWAYS[source]
        if source in FROM_PACK:
            pairs = self.state.vocabulary.get(wording.VOCABULARY[FROM_PACK[source]]) or ()
            return [(code, title) for code, title in pairs]
        return {
            "families": self._families,
            "items": self._items,
            "stacks": self._stacks,
            "parts": self._parts,
            "requirements": self._asked,
            "lines": self._lines,
        }[source]()

    def codes(self, source: str) -> frozenset[str]:
        return frozenset(code for code, _ in self.named(source))

    def _families(self) -> Options:
        return self._all_families

    def _items(self) -> Options:
        return self._all_items

    def _stacks(self) -> Options:
        return self._all_stacks

    @cached_property
    def _all_stacks(self) -> Options:
        stacks = Stack.objects.filter(state=self.state).select_related("issuer").order_by("title", "pk")
        return [(stack.slug, f"{stack.title} ({stack.issuer.name})") for stack in stacks]

    @cached_property
    def _all_families(self) -> Options:
        return [(family.code, family.title) for family in Family.objects.filter(state=self.state)]

    @cached_property
    def _all_items(self) -> Options:
        trees = frameworks.frameworks_with_items(self.state)
        return [
            (item.code, f"{item.code} · {labelled(item.title, item.standing)} ({tree.framework.title})")
            for tree in trees
            for branch in tree.branches
            for item in _items_in(branch)
        ]

    def _parts(self) -> Options:
        return _rows(self.typed.get("parts"))

    def _asked(self) -> Options:
        return _rows(self.typed.get("requirements"))

    def _lines(self) -> Options:
        """Levels at which a line can be drawn: all but the lowest, at which everything would be met."""
        levels = (self.typed.get("rubric") or {}).get("levels") or ()
        return [(row["id"], row.get("title") or UNTITLED) for row in levels[1:]]


def title_of(typed: Mapping[str, Any], of: Of, code: str) -> str:
    """What a level or a criterion of the draft's rubric is called; one that is gone says so."""
    rows = (typed.get("rubric") or {}).get(of.value) or ()
    row = next((row for row in rows if row["id"] == code), None)
    return f"“{code}”, which is not in the rubric" if row is None else row.get("title") or UNTITLED


def with_strangers(options: Options, value: str | Sequence[str]) -> Options:
    """The choices, and after them what is chosen and not among them: what a page does not draw is lost when it is
    saved."""
    known = {code for code, _ in options}
    chosen = [value] if isinstance(value, str) else value
    strangers = [code for code in dict.fromkeys(chosen) if code and code not in known]
    return [*options, *((code, f"“{code}”, which is not among the choices") for code in strangers)]


def _items_in(branch: Branch) -> list[FrameworkItem]:
    return [branch.item, *(item for child in branch.children for item in _items_in(child))]


def _rows(rows: Any) -> Options:
    return [(row["id"], f"{row['id']} · {row.get('title') or UNTITLED}") for row in rows or ()]
