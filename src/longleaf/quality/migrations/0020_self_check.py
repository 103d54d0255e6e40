import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0020_drafts_in_the_studio"),
        ("quality", "0013_oversight"),
    ]

    operations = [
        migrations.CreateModel(
            name="SelfCheckAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("component", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_from", models.CharField(blank=True, max_length=20)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="self_check_answers",
                        to="catalog.draft",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "component"), name="self_check_answer_is_one_a_component")
                ],
            },
        ),
    ]
