"""A letter on a badge from elsewhere is claimed while it is sent, and noted as written once it is: none is lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0060_local_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="importdecision",
            name="claimed_at",
            field=models.DateTimeField(blank=True, help_text="Since when its letter is being sent.", null=True),
        ),
        migrations.AlterField(
            model_name="importdecision",
            name="told_at",
            field=models.DateTimeField(
                blank=True, help_text="When its letter was sent, or nobody had a mailbox.", null=True
            ),
        ),
    ]
