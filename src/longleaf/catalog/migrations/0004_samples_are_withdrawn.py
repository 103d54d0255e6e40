"""A published sample can be taken back: what somebody real made then needs consent no longer, for it is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_published_versions_never_change")]
    operations = [
        migrations.RemoveConstraint("samplefile", "sample_file_is_invented_or_consented"),
        migrations.AddField("samplefile", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="samplefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_invented", True))
                | ~models.Q(("consent", ""))
                | models.Q(("withdrawn_at__isnull", False)),
                name="sample_file_is_invented_or_consented",
            ),
        ),
    ]
