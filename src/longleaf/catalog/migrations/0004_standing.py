"""How sure a wording is, beside the title, so that every list can tell it without reading whole documents.

What was published is filled in from its own document, past the trigger that keeps it; the trigger is made again, and
keeps the new column too.
"""

from importlib import import_module

from django.db import migrations, models

kept = import_module("longleaf.catalog.migrations.0003_published_versions_never_change")


def fill(apps, schema_editor):
    for version in apps.get_model("catalog", "Version").objects.only("document").iterator():
        version.standing = version.document.get("standing", "")
        version.save(update_fields=["standing"])


def keep_it_too(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    made, compared = (kept.SQLITE[0], "IS NOT") if is_sqlite else (kept.POSTGRESQL[1], "IS DISTINCT FROM")
    schema_editor.execute(made.replace("OLD.title", f"OLD.standing {compared} NEW.standing OR OLD.title"))


def drop(apps, schema_editor):
    statement = kept.UNDO_SQLITE[0] if schema_editor.connection.vendor == "sqlite" else kept.UNDO_POSTGRESQL[0]
    schema_editor.execute(statement)


def keep_as_before(apps, schema_editor):
    schema_editor.execute(kept.SQLITE[0] if schema_editor.connection.vendor == "sqlite" else kept.POSTGRESQL[1])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_published_versions_never_change")]
    operations = [
        migrations.RunPython(drop, keep_as_before),
        migrations.AddField(
            model_name="version",
            name="standing",
            field=models.CharField(blank=True, default="", help_text="How sure its wording is.", max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(keep_it_too, drop),
    ]
