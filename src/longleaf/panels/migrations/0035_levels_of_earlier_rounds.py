from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0031_adjudication"),
    ]

    operations = [
        migrations.AddField(
            model_name="panel",
            name="levels_before",
            field=models.JSONField(
                blank=True, default=dict, help_text="The best level that criteria had in earlier rounds, by their code."
            ),
        ),
    ]
