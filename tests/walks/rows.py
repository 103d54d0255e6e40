"""Rows of any table, made past every verb: what has no default is filled in, and what is asked for wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

NOW, TODAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC), date(2026, 3, 2)
FILLED: Mapping[type[models.Field[Any, Any]], Callable[[int], Any]] = {
    models.DateTimeField: lambda _: NOW,
    models.DateField: lambda _: TODAY,
    models.JSONField: lambda _: {},
    models.DecimalField: lambda _: Decimal(1),
    models.FloatField: lambda _: 1.0,
    models.IntegerField: lambda number: number,
    models.CharField: lambda number: f"text-{number}",
    models.TextField: lambda number: f"text {number}",
}


@dataclass
class Rows:
    """Makes rows. `of` holds what others stand on: one of each model, made when first needed or given before.

    `lawful` gives for models with more to keep to than their columns what a row of them needs.
    """

    of: dict[type[models.Model], models.Model] = field(default_factory=dict)
    lawful: Mapping[str, Callable[[Rows], dict[str, Any]]] = field(default_factory=dict)
    made: int = 0

    def one(self, model: type[models.Model]) -> Any:
        """The row of a model on which others stand."""
        if model not in self.of:
            self.of[model] = self.new(model)
        return self.of[model]

    def new(self, model: type[models.Model], **told: Any) -> Any:
        """A further row, with this told of it."""
        self.made += 1
        needed = self.lawful[model.__name__](self) if model.__name__ in self.lawful else {}
        values = {**needed, **told}
        for each in model._meta.concrete_fields:
            if each.name not in values and _is_asked_for(each):
                values[each.name] = self._filled(each)
        return model._default_manager.create(**values)

    def _filled(self, each: Any) -> Any:
        if each.remote_field:
            related = each.remote_field.model
            return self.new(related) if each.unique else self.one(related)
        if each.choices:
            return each.choices[0][0]
        kind = next(kind for kind in type(each).__mro__ if kind in FILLED)
        made = FILLED[kind](self.made)
        return made[: each.max_length] if isinstance(made, str) else made


def _is_asked_for(each: Any) -> bool:
    by_itself = isinstance(each, models.AutoField) or getattr(each, "auto_now", False)
    given = each.null or each.has_default() or getattr(each, "auto_now_add", False)
    return not (by_itself or given or (each.blank and not each.remote_field))
