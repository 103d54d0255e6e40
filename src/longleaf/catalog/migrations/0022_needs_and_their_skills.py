import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.catalog.models.need


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0021_comments_on_drafts"),
        ("directory", "0003_schools"),
        ("frameworks", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="skill",
            field=models.TextField(blank=True, help_text="Which skill of the need it was begun for."),
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.need.new_need_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                ("skills", models.JSONField(blank=True, default=list)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="directory.organisation"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frameworks.frameworkitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="draft",
            name="need",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="catalog.need",
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["issuer", "-changed_at"], name="need_of_issuer"),
        ),
    ]
