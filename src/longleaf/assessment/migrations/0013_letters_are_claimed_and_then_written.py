"""A letter is claimed while it is sent, and noted as written once it is: one that is not taken is not lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0012_tools_are_told_of_no_requirement"),
    ]

    operations = [
        migrations.AddField(
            model_name="draftcomment",
            name="claimed_at",
            field=models.DateTimeField(blank=True, help_text="Since when the letter on it is being sent.", null=True),
        ),
        migrations.AddField(
            model_name="mentorship",
            name="claimed_at",
            field=models.DateTimeField(blank=True, help_text="Since when their letter is being sent.", null=True),
        ),
        migrations.AddField(
            model_name="teammember",
            name="claimed_at",
            field=models.DateTimeField(blank=True, help_text="Since when their letter is being sent.", null=True),
        ),
        migrations.AlterField(
            model_name="draftcomment",
            name="told_at",
            field=models.DateTimeField(blank=True, help_text="When the earner was written to about it.", null=True),
        ),
        migrations.AlterField(
            model_name="mentorship",
            name="written_at",
            field=models.DateTimeField(blank=True, help_text="When the invited person was written to.", null=True),
        ),
        migrations.AlterField(
            model_name="teammember",
            name="written_at",
            field=models.DateTimeField(blank=True, help_text="When the invited person was written to.", null=True),
        ),
    ]
