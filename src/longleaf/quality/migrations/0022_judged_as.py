"""As what an organisation was judged: until now each was judged as an issuer."""

import django.db.models.deletion
from django.db import migrations, models


def say_as_what(apps, schema_editor):
    decisions = apps.get_model("quality", "QualityDecision").objects
    decisions.filter(organisation__isnull=False).update(judged_as="agency")


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0021_several_decisions_a_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="qualitydecision",
            name="families",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="qualitydecision",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision on its issuer because of which this one was taken.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="quality.qualitydecision",
            ),
        ),
        migrations.AddField(
            model_name="qualitydecision",
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
        migrations.AlterField(
            model_name="instrument",
            name="judges",
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
        migrations.RunPython(say_as_what, migrations.RunPython.noop),
    ]
