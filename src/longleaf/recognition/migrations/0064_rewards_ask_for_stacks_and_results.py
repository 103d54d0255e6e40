"""A reward may ask for whole stacks, and for a result or a step of the policy that is reached."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("recognition", "0063_badges_looked_at_again_and_documents_let_go"),
    ]

    operations = [
        migrations.AddField(
            model_name="rewardoffer",
            name="result",
            field=models.CharField(
                blank=True,
                help_text="What of the policy must be reached: a result, or a step of a ladder.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="rewardoffer",
            name="stacks",
            field=models.ManyToManyField(blank=True, related_name="reward_offers", to="catalog.stack"),
        ),
        migrations.AlterField(
            model_name="rewardoffer",
            name="needed",
            field=models.PositiveSmallIntegerField(
                help_text="How many of the stacks and micro-credentials must be earned."
            ),
        ),
    ]
