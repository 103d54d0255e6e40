"""What is asked of a state's policy, and how far its own meets it, beside the other texts of its pack."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_schema")]

    operations = [
        migrations.AddField(
            model_name="state",
            name="model_policy",
            field=models.JSONField(
                blank=True, default=dict, help_text="What is asked of a policy, and how far this one meets it."
            ),
        ),
    ]
