"""What has nothing to go is not noted any more: each row says that somebody was told."""

from typing import Any

from django.db import migrations, models


def forget_what_nobody_was_told(apps: Any, schema_editor: Any) -> None:
    apps.get_model("assessment", "LettingGo").objects.filter(told=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0065_retention"),
    ]

    operations = [
        migrations.RunPython(forget_what_nobody_was_told, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="lettinggo", name="letting_go_is_noted_once"),
        migrations.RemoveField(model_name="lettinggo", name="told"),
        migrations.RenameField(model_name="lettinggo", old_name="noted_at", new_name="told_at"),
        migrations.AlterField(model_name="lettinggo", name="told_at", field=models.DateTimeField()),
        migrations.AddConstraint(
            model_name="lettinggo",
            constraint=models.UniqueConstraint(fields=["attempt", "kind", "told_at"], name="letting_go_is_told_once"),
        ),
    ]
