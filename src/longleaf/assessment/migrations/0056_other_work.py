from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0055_levels_of_earlier_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="other_work",
            field=models.BooleanField(default=False, help_text="It brings other work in place of the round before."),
        ),
    ]
