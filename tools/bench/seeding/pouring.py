"""Writing many rows at once: executemany in SQLite, COPY in PostgreSQL. Models are asked what a value looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.utils import timezone

Row = Mapping[str, Any]
AT_ONCE = 20_000
# What both databases take as it is.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
# What many rows have in common, so that it is made ready once.
REPEATED = (models.DateField, models.DecimalField)
# What may also be given as the text that the database would be sent anyway.
WRITTEN_OUT = (models.JSONField, models.UUIDField)


def pour(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Write rows, each a mapping from attribute names such as `earner_id`; returns how many.

    What the first row leaves out gets the field's default in every row. Raises `ValueError` where that cannot be right.
    """
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return 0
    columns = [_Column(field, first) for field in model._meta.concrete_fields if _is_written(field, first)]
    prepared = (tuple(column.value(row) for column in columns) for row in _with_first(first, remaining))
    write = _copy if connection.vendor == "postgresql" else _insert
    with transaction.atomic():
        return write(model._meta.db_table, [column.name for column in columns], prepared)


def count_on() -> None:
    """Let keys that the database gives out continue after those that were poured."""
    tables = [model for model in _all_models() if model._meta.managed]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Leave out what protects rows that matter: checks of foreign keys, and writing twice. A seed can be made again."""
    before, after = _HURRY[connection.vendor]
    _execute(before)
    try:
        yield
    finally:
        _execute(after)


class _Column:
    """A column with the way in which its values are made ready for the database."""

    def __init__(self, field: models.Field[Any, Any], first: Row) -> None:
        self.name: str = field.column or field.attname
        self._key = field.attname
        self._given = field.attname in first
        self._prepare = _preparation(field)
        self._default = None if self._given else self._prepare(_default(field))

    def value(self, row: Row) -> Any:
        return self._prepare(row[self._key]) if self._given else self._default


def _is_written(field: models.Field[Any, Any], first: Row) -> bool:
    return field.attname in first or not isinstance(field, models.AutoField)


def _default(field: models.Field[Any, Any]) -> Any:
    if field.unique:
        raise ValueError(f"{field} is unique: every row must bring its own.")
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()


def _preparation(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, PLAIN) or (isinstance(field, models.ForeignKey) and isinstance(field.target_field, PLAIN)):
        return lambda value: value
    # The connection itself: what `django.db.connection` stands for is looked up at every use.
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, REPEATED):
        return lru_cache(maxsize=100_000)(lambda value: field.get_db_prep_save(value, database))
    if isinstance(field, WRITTEN_OUT):
        return lambda value: value if isinstance(value, str) else field.get_db_prep_save(value, database)
    return lambda value: field.get_db_prep_save(value, database)


def _with_first(first: Row, remaining: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from remaining


def _insert(table: str, columns: list[str], rows: Iterator[tuple[Any, ...]]) -> int:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    written = 0
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', some)
            written += len(some)
    return written


def _copy(table: str, columns: list[str], rows: Iterator[tuple[Any, ...]]) -> int:
    names, written = ", ".join(f'"{name}"' for name in columns), 0
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for written, row in enumerate(rows, 1):  # noqa: B007 (the last number is how many there were)
            copy.write_row(row)
    return written


def _all_models() -> list[type[models.Model]]:
    from django.apps import apps  # noqa: PLC0415 (the registry is full only after setup)

    return list(apps.get_models())


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _cache(megabytes: int) -> list[str]:
    return [f"PRAGMA cache_size=-{megabytes * 1024}"]


_HURRY = {
    "sqlite": (
        ["PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA journal_mode=MEMORY", *_cache(1_000)],
        ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON", *_cache(64)],
    ),
    # The bench makes its own database and so may leave triggers, and with them foreign keys, out of it for a while.
    "postgresql": (
        ["SET session_replication_role = replica", "SET synchronous_commit = off"],
        ["RESET session_replication_role", "RESET synchronous_commit"],
    ),
}


def empty() -> None:
    """Begin with nothing: the file goes, or the schema of the bench's own database."""
    if connection.vendor == "postgresql":
        _execute(["DROP SCHEMA IF EXISTS public CASCADE", "CREATE SCHEMA public"])
        return
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
