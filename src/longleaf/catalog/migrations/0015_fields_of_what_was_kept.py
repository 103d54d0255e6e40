"""Three rules of a design have fields in the studio now; drafts kept them beside their fields until then."""

from django.db import migrations

FIELDS = ("coach_after", "replace_work")


def into_fields(apps, schema_editor):
    drafts = apps.get_model("catalog", "Draft").objects.exclude(status="published")
    for draft in drafts.iterator():
        moved = [_moved(draft.typed, name, str) for name in FIELDS]
        moved += [_moved(row, "team", _of_team) for row in draft.typed.get("requirements") or ()]
        if any(moved):
            draft.save(update_fields=["typed"])


def _moved(typed, name, said):
    value = (typed.get("kept") or {}).pop(name, None)
    if value is not None:
        typed[name] = said(value)
    return value is not None


def _of_team(value):
    return {"most": str(value.get("most") or "")}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_sample_files")]
    operations = [migrations.RunPython(into_fields, migrations.RunPython.noop)]
