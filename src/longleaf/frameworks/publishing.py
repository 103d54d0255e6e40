"""The verb that a state's pack calls: publish a framework with its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.frameworks.models import Framework, FrameworkItem

if TYPE_CHECKING:
    from longleaf.directory.models import State


@dataclass(frozen=True)
class Item:
    """An item as a pack tells of it. `parent` is the code of another item of the same framework, or None."""

    code: str
    title: str
    parent: str | None
    paraphrase: str
    standing: str


@transaction.atomic
def publish(*, state: State, code: str, items: Sequence[Item], **facts: Any) -> Framework:
    """Enter a framework or bring it up to date. `facts` are fields of `Framework`.

    An item that left the pack is retired, not deleted: micro-credentials stay aligned to what they were aligned to.
    """
    framework, _ = Framework.objects.update_or_create(state=state, code=code, defaults=facts)
    known = {item.code: item for item in framework.items.all()}
    rows = [
        FrameworkItem(
            pk=known[item.code].pk if item.code in known else None,
            framework=framework,
            code=item.code,
            title=item.title,
            paraphrase=item.paraphrase,
            standing=item.standing,
            position=position,
        )
        for position, item in enumerate(items)
    ]
    FrameworkItem.objects.bulk_create([row for row in rows if row.pk is None])
    FrameworkItem.objects.bulk_update(
        [row for row in rows if row.pk is not None and row.code in known],
        ["title", "paraphrase", "standing", "position", "retired"],
        batch_size=200,
    )
    framework.items.exclude(code__in=[item.code for item in items]).update(retired=True)
    _set_parents(framework, items)
    return framework


def _set_parents(framework: Framework, items: Sequence[Item]) -> None:
    rows = {row.code: row for row in framework.items.all()}
    for item in items:
        rows[item.code].parent = rows[item.parent] if item.parent else None
    FrameworkItem.objects.bulk_update([rows[item.code] for item in items], ["parent"], batch_size=200)
