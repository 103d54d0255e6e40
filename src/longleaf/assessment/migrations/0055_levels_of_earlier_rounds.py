from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0050_phrases"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="levels_before",
            field=models.JSONField(
                blank=True, default=dict, help_text="The best level that criteria had in earlier rounds, by their code."
            ),
        ),
    ]
