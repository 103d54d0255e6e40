"""Readers without a certificate are watched too; whoever was sent back to train is told apart by a day of their own."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def tell_who_was_sent_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now, whoever trained and was watched had been sent there by a lead."""
    certifications = apps.get_model("panels", "Certification").objects.using(schema_editor.connection.alias)
    sent = certifications.filter(status="in_training", watched_since__isnull=False)
    sent.update(sent_back_at=F("training_since"))
    certifications.filter(watched_since__isnull=True).update(watched_since=F("training_since"))


class Migration(migrations.Migration):
    dependencies = [("panels", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="certification",
            name="sent_back_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When a lead sent them back to train; empty again once certified.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="certification",
            name="status",
            field=models.CharField(
                choices=[
                    ("uncertified", "Not certified"),
                    ("in_training", "In training"),
                    ("certified", "Certified"),
                    ("suspended", "Suspended"),
                    ("lapsed", "Lapsed"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="in_training",
                max_length=12,
            ),
        ),
        migrations.RunPython(tell_who_was_sent_back, migrations.RunPython.noop),
    ]
