"""What helped is said of each text, file and link: the old columns go, and the database keeps one of each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0011_what_was_said_is_kept")]

    operations = [
        migrations.RemoveField(model_name="aistatement", name="submission"),
        migrations.RemoveField(model_name="aistatement", name="requirement"),
        migrations.AlterField(
            model_name="aistatement",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ai_statements", to="assessment.response"
            ),
        ),
        migrations.AddConstraint(
            model_name="aistatement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("artifact", None)), fields=("response",), name="ai_statement_is_one_a_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="aistatement",
            constraint=models.UniqueConstraint(fields=("artifact",), name="ai_statement_is_one_an_artifact"),
        ),
    ]
