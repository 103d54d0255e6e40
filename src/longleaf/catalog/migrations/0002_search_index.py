"""The table that search reads: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL; no extension in either."""

from django.db import migrations

SQLITE = [
    # Words arrive cut and without accents (catalog.search), so that both databases find the same.
    """CREATE VIRTUAL TABLE catalog_search USING fts5(
        title, heart, rest, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')""",
]
POSTGRESQL = [
    "CREATE TABLE catalog_search (rowid bigint PRIMARY KEY, catalog_search tsvector NOT NULL)",
    "CREATE INDEX catalog_search_words ON catalog_search USING gin (catalog_search)",
    # FTS5 knows the columns of its words; here those of titles need an index of their own.
    "CREATE INDEX catalog_search_titles ON catalog_search USING gin (ts_filter(catalog_search, '{a}'))",
]


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE catalog_search")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_schema")]
    operations = [migrations.RunPython(make_index, drop_index)]
