"""Until now the first draft alone knew where it was adopted from: its base. What was taken since was noted nowhere.

A migration of its own: PostgreSQL makes no index on rows that the same transaction has changed.
"""

from django.db import migrations
from django.db.models import F, Q


def tie_what_was_adopted(apps, schema_editor):
    draft_model = apps.get_model("catalog", "Draft")
    micro_credential_model = apps.get_model("catalog", "MicroCredential")
    of_another = Q(micro_credential__isnull=True) | ~Q(base__micro_credential=F("micro_credential"))
    adopted = draft_model.objects.filter(of_another, base__isnull=False).order_by("pk")
    for pk, base, micro_credential in adopted.values_list("pk", "base", "micro_credential"):
        draft_model.objects.filter(pk=pk).update(upstream=base)
        if micro_credential:
            micro_credential_model.objects.filter(pk=micro_credential).update(upstream=base)
            draft_model.objects.filter(micro_credential=micro_credential).update(upstream=base)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_upstream")]
    operations = [migrations.RunPython(tie_what_was_adopted, migrations.RunPython.noop)]
