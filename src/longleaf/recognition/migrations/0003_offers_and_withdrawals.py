"""What an offer asks for is kept with it: today's, of those that there are. A withdrawn request knows since when."""

from typing import Any

from django.db import migrations, models


def write_down(apps: Any, _schema: Any) -> None:
    members = apps.get_model("catalog", "StackMember").objects.order_by("stack", "position")
    for offer in apps.get_model("recognition", "RewardOffer").objects.all():
        made = {each.pk: each for each in offer.micro_credentials.select_related("current").order_by("pk")}
        told = {
            key: {"key": key, "slug": each.slug, "title": each.current.title if each.current else each.slug}
            for key, each in made.items()
        }
        stacks = []
        inside = set()
        for stack in offer.stacks.all():
            keys = list(
                members.filter(stack=stack, micro_credential__in=made).values_list("micro_credential", flat=True)
            )
            inside |= set(keys)
            pieces = [told[key] for key in keys]
            stacks.append({"slug": stack.slug, "title": stack.title, "micro_credentials": pieces})
        singles = [each for key, each in told.items() if key not in inside]
        offer.asks = {"micro_credentials": singles, "stacks": stacks}
        offer.save(update_fields=["asks"])


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_schema"), ("catalog", "0001_schema")]

    operations = [
        migrations.AddField(
            model_name="rewardoffer",
            name="asks",
            field=models.JSONField(
                default=dict,
                help_text="The stacks with their pieces, and the single micro-credentials, of the day it was made.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
        migrations.AddField(
            model_name="creditrequest",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
