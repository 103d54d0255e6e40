"""The day by which a version says that it is looked at again, beside its document: reminders ask for it by range."""

from datetime import date

from django.db import migrations, models


def note_the_day(apps, schema_editor):
    version_model = apps.get_model("catalog", "Version")
    for pk, written in version_model.objects.values_list("pk", "document__review_by").iterator():
        try:
            day = date.fromisoformat(str(written))
        except ValueError:
            continue
        version_model.objects.filter(pk=pk).update(review_by=day)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_ties_of_what_was_adopted")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="review_by",
            field=models.DateField(blank=True, help_text="The day by which it says it is looked at again.", null=True),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["status", "review_by"], name="version_by_review_day"),
        ),
        migrations.RunPython(note_the_day, migrations.RunPython.noop),
    ]
