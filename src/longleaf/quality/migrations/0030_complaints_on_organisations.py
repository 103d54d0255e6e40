"""A complaint may be about an organisation, as what it was approved; until now each was about a micro-credential."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0023_applications"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="judged_as",
            field=models.CharField(
                choices=[
                    ("design", "Designs of micro-credentials"),
                    ("agency", "Issuing organizations"),
                    ("pathway", "School units that run a state pathway"),
                    ("plan", "Local renewal plans"),
                ],
                default="design",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quality_complaints",
                to="directory.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="catalog.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(version__isnull=False, organisation__isnull=True, judged_as="design")
                | (models.Q(version__isnull=True, organisation__isnull=False) & ~models.Q(judged_as="design")),
                name="complaint_has_one_subject",
            ),
        ),
    ]
