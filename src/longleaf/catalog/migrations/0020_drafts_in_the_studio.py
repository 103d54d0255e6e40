import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.catalog.models.draft


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_published_versions_never_change"),
        ("directory", "0003_schools"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.draft.new_draft_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Being written"), ("published", "Published"), ("set_aside", "Set aside")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(blank=True, help_text="A copy for lists.", max_length=200)),
                ("typed", models.JSONField(default=dict)),
                ("revisions", models.JSONField(blank=True, default=dict)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="catalog.version",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="directory.organisation"
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        help_text="What it became.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="catalog.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CoAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="co_authors", to="catalog.draft"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["issuer", "status", "-changed_at"], name="draft_of_issuer"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), ("version__isnull", False)),
                    models.Q(models.Q(("status", "published"), _negated=True), ("version__isnull", True)),
                    _connector="OR",
                ),
                name="draft_published_has_its_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="coauthor",
            constraint=models.UniqueConstraint(fields=("draft", "person"), name="co_author_once_a_draft"),
        ),
    ]
