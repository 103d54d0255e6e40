"""A reward may be paid in several parts; each promise holds how much of it was."""

from decimal import Decimal

from django.db import migrations, models


def what_was_paid(apps, schema_editor):
    promises = apps.get_model("recognition", "RewardPromise").objects
    promises.filter(status="paid").update(paid=models.F("amount"))


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0061_letters_on_badges_are_claimed_and_then_written"),
    ]

    operations = [
        migrations.AddField(
            model_name="rewardpromise",
            name="paid",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal(0),
                help_text="The sum of the lines of its payments.",
                max_digits=9,
            ),
        ),
        migrations.RunPython(what_was_paid, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="rewardpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid__gte", 0), ("paid__lte", models.F("amount"))),
                name="reward_promise_pays_no_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "paid"), _negated=True), ("paid", models.F("amount")), _connector="OR"
                ),
                name="reward_promise_paid_is_paid_whole",
            ),
        ),
    ]
