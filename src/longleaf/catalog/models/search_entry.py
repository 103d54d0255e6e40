"""Rows of the search index, so that a search joins like any other table. `catalog.search` alone reads and writes it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from longleaf.catalog.models.version import Version

TABLE = "catalog_search"


class SearchEntry(models.Model):
    """The words of a version, offered still or not. Made by migration 0002: FTS5 in SQLite, tsvector in PostgreSQL.

    No foreign key in the database, because a virtual table has none. Personal data: none.
    """

    version = models.OneToOneField(
        Version,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="search_entry",
    )
    # FTS5 calls the whole of a row by the name of its table; the other database follows.
    words = models.TextField(db_column=TABLE)

    class Meta:
        managed = False
        db_table = TABLE

    def __str__(self) -> str:
        return str(self.version_id)


class Matches(models.Lookup):
    """`words__matches="…"`, where the right side is in the language of the database at hand."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return self._compare("{} MATCH {}", compiler, connection)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return self._compare("{} @@ to_tsquery('simple', {})", compiler, connection)

    def _compare(self, form: str, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return form.format(left, right), [*left_params, *right_params]


class Titled(Matches):
    """`words__titled="…"`: the same among the words of the title alone."""

    lookup_name = "titled"

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return self._compare("{} MATCH 'title : (' || {} || ')'", compiler, connection)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        # As the index has it: an index of all words, asked for those of a title, gives every row to be looked at again.
        return self._compare("ts_filter({}, '{{a}}') @@ to_tsquery('simple', {})", compiler, connection)


class Closeness(models.Func):
    """How well a row fits the words, more being better: a word in the title tells most, one in small print least."""

    output_field = models.FloatField()

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        row, _ = self.get_source_expressions()
        sql, params = compiler.compile(row)
        return f"(-bm25({sql}, 10.0, 4.0, 1.0))", params

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:
        row, words = (compiler.compile(each) for each in self.get_source_expressions())
        sql = f"ts_rank('{{0.1, 0.1, 0.4, 1.0}}', {row[0]}, to_tsquery('simple', {words[0]}))"
        return sql, [*row[1], *words[1]]


models.TextField.register_lookup(Matches)
models.TextField.register_lookup(Titled)
