"""Everything that the database holds, and what an act has changed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from longleaf.assessment import status as assessment
from longleaf.panels import status as panels

Row = Mapping[str, Any]
Snapshot = Mapping[str, Mapping[Any, Row]]

# The status of each of these moves by its table and by nothing else.
MOVES: Mapping[str, Mapping[Any, frozenset[Any]]] = {
    "assessment_attempt": assessment.ATTEMPT_MOVES,
    "assessment_appeal": assessment.APPEAL_MOVES,
    "assessment_upload": assessment.UPLOAD_MOVES,
    "panels_panel": panels.PANEL_MOVES,
    "panels_assignment": panels.ASSIGNMENT_MOVES,
    "panels_poolmember": panels.MEMBER_MOVES,
    "panels_certification": panels.CERTIFICATION_MOVES,
    "panels_anchor": panels.ANCHOR_MOVES,
}


@dataclass(frozen=True)
class Move:
    """A status that an act has changed."""

    table: str
    key: Any
    old: str
    new: str


@cache
def tables() -> tuple[tuple[str, str], ...]:
    """Every table of the models, with the column of its key."""
    found = {model._meta.db_table: model._meta.pk for model in apps.get_models(include_auto_created=True)}
    return tuple((table, key.column) for table, key in sorted(found.items()) if isinstance(key, models.Field))


def take() -> Snapshot:
    """All rows of all tables, by their keys."""
    return {table: dict(_rows(table, key)) for table, key in tables()}


def _rows(table: str, key: str) -> Iterator[tuple[Any, Row]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        columns = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            # A table for searching has a key that is not among its columns.
            yield row.get(key, values), row


def changed(before: Snapshot, after: Snapshot) -> dict[str, set[Any]]:
    """The keys of rows that came, went, or are another now, by table."""
    return {
        table: keys
        for table, rows in after.items()
        if (keys := {key for key in rows.keys() | before[table].keys() if rows.get(key) != before[table].get(key)})
    }


def moves(before: Snapshot, after: Snapshot) -> list[Move]:
    """Every status that is another now."""
    return [
        Move(table, key, before[table][key]["status"], row["status"])
        for table in MOVES
        for key, row in after[table].items()
        if key in before[table] and before[table][key]["status"] != row["status"]
    ]
