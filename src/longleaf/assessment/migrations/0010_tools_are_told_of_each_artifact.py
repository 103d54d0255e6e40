"""What helped is said of each text, file and link, and no more of a requirement as a whole: the new columns."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="aistatement", name="ai_statement_is_one_a_requirement"),
        # Empty from the next step on; the step after that takes them away, or fills them where somebody goes back.
        migrations.AlterField(
            model_name="aistatement",
            name="submission",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ai_statements",
                to="assessment.submission",
            ),
        ),
        migrations.AlterField(
            model_name="aistatement", name="requirement", field=models.CharField(max_length=40, null=True)
        ),
        migrations.AddField(
            model_name="aistatement",
            name="response",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ai_statements",
                to="assessment.response",
            ),
        ),
        migrations.AddField(
            model_name="aistatement",
            name="artifact",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty where it is said of the text.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ai_statements",
                to="assessment.artifact",
            ),
        ),
    ]
