import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.catalog.models.demand


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_published_versions_never_change"),
        ("directory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="coauthor",
            name="writes",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="draftcomment",
            name="place",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="draftcomment",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="sought",
            field=models.CharField(blank=True, help_text="What was looked for in vain and led to it.", max_length=80),
        ),
        migrations.AddField(
            model_name="stackmember",
            name="taken_in",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="versionfacet",
            name="facet",
            field=models.CharField(
                choices=[
                    ("role", "Role"),
                    ("grade_band", "Grade band"),
                    ("topic", "Topic"),
                    ("language", "Language"),
                    ("effort", "Effort"),
                    ("credit", "Counts toward"),
                    ("for_stack", "Proposed for a stack"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="versionfacet",
            name="value",
            field=models.CharField(max_length=100),
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.demand.new_wish_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "role",
                    models.CharField(blank=True, help_text="For whom, as a code of the vocabulary.", max_length=80),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.state"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="need",
            name="wish",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="needs",
                to="catalog.wish",
            ),
        ),
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phrase", models.CharField(max_length=80)),
                ("month", models.DateField(help_text="Its first day.")),
                ("days", models.BigIntegerField(default=0)),
                ("day_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.state"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "month", "phrase"), name="sought_once_a_month")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(fields=["state", "-asked_at"], name="wish_in_state"),
        ),
        migrations.AddIndex(
            model_name="wish",
            index=models.Index(fields=["asked_by", "-asked_at"], name="wish_of_person"),
        ),
    ]
