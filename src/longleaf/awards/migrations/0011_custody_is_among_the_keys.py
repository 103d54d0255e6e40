"""The custody that this installation brings lies in another module now; keys name it by its path."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OLD, NEW = "longleaf.awards.custody.Sealed", "longleaf.awards.keys.custody.Sealed"


def name_it_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("awards", "IssuingKey").objects.filter(custody=OLD).update(custody=NEW)


def name_it_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("awards", "IssuingKey").objects.filter(custody=NEW).update(custody=OLD)


class Migration(migrations.Migration):
    dependencies = [("awards", "0010_bulk_awards_and_reissue")]

    operations = [migrations.RunPython(name_it_anew, name_it_as_before)]
