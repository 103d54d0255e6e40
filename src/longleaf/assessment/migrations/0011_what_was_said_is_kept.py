"""What was said of a requirement as a whole is said of its text and of each of its artifacts, in the same words.

One that has neither keeps what was said as said of its text, so that nothing is lost.
"""

from django.db import migrations

AT_ONCE = 500


def say_of_each(apps, schema_editor):
    said = apps.get_model("assessment", "AiStatement")
    responses = apps.get_model("assessment", "Response").objects.prefetch_related("artifacts")
    for each in said.objects.filter(response=None).order_by("pk").iterator(AT_ONCE):
        response = responses.get(submission_id=each.submission_id, requirement=each.requirement)
        artifacts = list(response.artifacts.all())
        first, *others = [None, *artifacts] if response.text.strip() or not artifacts else artifacts
        copies = [
            said(
                submission_id=each.submission_id,
                requirement=each.requirement,
                response=response,
                artifact=artifact,
                uses=each.uses,
                words=each.words,
            )
            for artifact in others
        ]
        said.objects.bulk_create(copies)
        # By key, so that the hour at which it was said stays, for the copies too.
        said.objects.filter(pk=each.pk).update(response=response, artifact=first)
        said.objects.filter(response=response).update(said_at=each.said_at)


def say_of_each_requirement(apps, schema_editor):
    said = apps.get_model("assessment", "AiStatement")
    together = {}
    for each in said.objects.select_related("response").order_by("response", "artifact_id", "pk"):
        together.setdefault(each.response_id, []).append(each)
    for first, *others in together.values():
        uses = sorted({use for each in (first, *others) for use in each.uses})
        first.uses = [use for use in uses if use != "none"] or uses
        first.words = "; ".join(dict.fromkeys(each.words for each in (first, *others) if each.words))[:500]
        first.submission_id, first.requirement = first.response.submission_id, first.response.requirement
        said.objects.filter(pk__in=[each.pk for each in others]).delete()
        first.save()


class Migration(migrations.Migration):
    dependencies = [("assessment", "0010_tools_are_told_of_each_artifact")]

    operations = [migrations.RunPython(say_of_each, say_of_each_requirement)]
