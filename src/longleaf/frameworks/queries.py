"""Reads of frameworks and their items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from longleaf.frameworks.models import Framework, FrameworkItem

if TYPE_CHECKING:
    from longleaf.directory.models import State


@dataclass(frozen=True)
class Branch:
    """An item and what stands below it."""

    item: FrameworkItem
    children: tuple[Branch, ...]


@dataclass(frozen=True)
class FrameworkTree:
    """A framework with its items in their order, as a tree."""

    framework: Framework
    branches: tuple[Branch, ...]


def frameworks_with_items(state: State | None) -> list[FrameworkTree]:
    """Every framework of a state with its items, in two queries."""
    items = FrameworkItem.objects.filter(retired=False).order_by("position")
    found = Framework.objects.filter(state=state).prefetch_related(Prefetch("items", queryset=items))
    return [FrameworkTree(framework, _branches(list(framework.items.all()), parent=None)) for framework in found]


def items_by_code(state: State) -> dict[str, FrameworkItem]:
    """Every item of a state's frameworks by its code."""
    return {item.code: item for item in FrameworkItem.objects.filter(framework__state=state)}


def _branches(items: list[FrameworkItem], *, parent: int | None) -> tuple[Branch, ...]:
    return tuple(Branch(item, _branches(items, parent=item.pk)) for item in items if item.parent_id == parent)
