"""Everybody who is an assessor becomes a member of that pool: who was asked yesterday is asked tomorrow too."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def make_members(apps: Any, schema_editor: Any) -> None:
    held = apps.get_model("directory", "RoleHeld").objects.filter(role="assessor", until__isnull=True)
    assessor_model, member_model = apps.get_model("panels", "Assessor"), apps.get_model("panels", "PoolMember")
    pairs = sorted(set(held.values_list("person", "organisation")))
    people = sorted({person for person, _ in pairs})
    assessor_model.objects.bulk_create([assessor_model(person_id=person) for person in people], batch_size=500)
    language = settings.LANGUAGE_CODE.partition("-")[0]
    spoken = apps.get_model("panels", "SpokenLanguage")
    spoken.objects.bulk_create([spoken(assessor_id=person, code=language) for person in people], batch_size=500)
    today = timezone.localdate()
    member_model.objects.bulk_create(
        [member_model(assessor_id=person, pool_id=pool, status="active", since=today) for person, pool in pairs],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("panels", "0002_pool")]

    operations = [migrations.RunPython(make_members, migrations.RunPython.noop)]
