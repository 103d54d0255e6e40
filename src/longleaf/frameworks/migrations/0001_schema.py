import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("owner", models.CharField(max_length=200)),
                ("edition", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("source_ids", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="frameworks", to="directory.state"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code"), name="framework_code_is_unique_in_its_state")
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(help_text="Prefixed, so that it is unique across frameworks.", max_length=60),
                ),
                ("title", models.CharField(max_length=300)),
                ("paraphrase", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("standing", models.CharField(max_length=20)),
                ("retired", models.BooleanField(default=False)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="frameworks.framework"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="frameworks.frameworkitem",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "position"],
                "indexes": [models.Index(fields=["code"], name="framework_item_by_code")],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "code"), name="framework_item_code_is_unique")
                ],
            },
        ),
    ]
