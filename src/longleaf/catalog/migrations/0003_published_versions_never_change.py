"""The database itself keeps what was published as it was. Status alone may move on.

SQLite loses a trigger when a later migration builds the table anew; a test notices, and that migration makes it again.
"""

from django.db import migrations

REFUSAL = "A published version never changes. Publish a new one."
KEPT = (
    "uuid",
    "micro_credential_id",
    "number",
    "document",
    "digest",
    "title",
    "standing",
    "summary",
    "competency",
    "published_at",
)
CHANGED_IN_SQLITE = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)
CHANGED_IN_POSTGRESQL = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in KEPT)

SQLITE = [
    f"""CREATE TRIGGER catalog_version_refuses_change BEFORE UPDATE ON catalog_version
        WHEN OLD.status <> 'draft' AND (NEW.status = 'draft' OR {CHANGED_IN_SQLITE})
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION catalog_version_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER catalog_version_refuses_change BEFORE UPDATE ON catalog_version FOR EACH ROW
        WHEN (OLD.status <> 'draft' AND (NEW.status = 'draft' OR {CHANGED_IN_POSTGRESQL}))
        EXECUTE FUNCTION catalog_version_refuses()""",
]
UNDO_SQLITE = ["DROP TRIGGER catalog_version_refuses_change"]
UNDO_POSTGRESQL = [
    "DROP TRIGGER catalog_version_refuses_change ON catalog_version",
    "DROP FUNCTION catalog_version_refuses()",
]


def forbid_change(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow_change(apps, schema_editor):
    for statement in UNDO_SQLITE if schema_editor.connection.vendor == "sqlite" else UNDO_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_search_index")]
    operations = [migrations.RunPython(forbid_change, allow_change)]
