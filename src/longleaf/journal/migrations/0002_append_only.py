"""The database itself keeps the journal append-only, whatever code talks to it."""

from django.db import migrations

FIRST_DIGEST = "0" * 64
REFUSAL = "The journal is append-only."

SQLITE = [
    f"""CREATE TRIGGER journal_line_refuses_{verb.lower()} BEFORE {verb} ON journal_journalline
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;""",
    """CREATE TRIGGER journal_line_refuses_change BEFORE UPDATE OR DELETE ON journal_journalline
        FOR EACH ROW EXECUTE FUNCTION journal_refuses();""",
    # TRUNCATE fires no row trigger. Only the owner of the table may truncate at all.
    """CREATE TRIGGER journal_refuses_truncate BEFORE TRUNCATE ON journal_journalline
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses();""",
]


def forbid_change(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def place_head(apps, schema_editor):
    apps.get_model("journal", "JournalHead").objects.create(id=1, number=0, digest=FIRST_DIGEST)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_schema")]
    operations = [
        migrations.RunPython(forbid_change, migrations.RunPython.noop),
        migrations.RunPython(place_head, migrations.RunPython.noop),
    ]
