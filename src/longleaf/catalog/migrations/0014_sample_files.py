import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.catalog.models.sample


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0013_day_of_looking_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SampleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.sample.new_sample_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("described", models.TextField(blank=True)),
                ("is_invented", models.BooleanField()),
                ("consent", models.TextField(blank=True)),
                ("found", models.JSONField(default=list)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored_as", models.CharField(max_length=200)),
                ("brought_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sample_files", to="catalog.draft"
                    ),
                ),
            ],
            options={
                "ordering": ["brought_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_invented", True), models.Q(("consent", ""), _negated=True), _connector="OR"
                        ),
                        name="sample_file_is_invented_or_consented",
                    )
                ],
            },
        ),
    ]
