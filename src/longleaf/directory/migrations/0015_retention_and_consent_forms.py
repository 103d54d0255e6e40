"""A state says how long things are kept, and what people sign before they are shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_schools"),
    ]

    operations = [
        migrations.AddField(
            model_name="state",
            name="retention",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="How long each kind of thing is kept (`assessment.retention.rules`).",
            ),
        ),
        migrations.AddField(
            model_name="state",
            name="consent_forms",
            field=models.JSONField(blank=True, default=list, help_text="What people sign before they are shown."),
        ),
    ]
