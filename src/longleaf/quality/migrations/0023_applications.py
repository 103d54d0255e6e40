"""Applications of organisations, and reviews of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.quality.models.application


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_published_versions_never_change"),
        ("directory", "0001_initial"),
        ("panels", "0001_initial"),
        ("quality", "0022_judged_as"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.application.new_application_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "judged_as",
                    models.CharField(
                        choices=[
                            ("agency", "Application to issue"),
                            ("pathway", "Application to run a state pathway"),
                            ("plan", "Local renewal plan"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "In review"),
                            ("decided", "Decided"),
                            ("given_up", "Given up"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("scope", models.TextField(blank=True, help_text="What it asks to be approved for.")),
                ("scope_revision", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.application.new_document_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored_as", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "removed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Taken out after a review had read it, so its bytes stay.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("text_revision", models.PositiveIntegerField(default=0)),
                ("links", models.TextField(blank=True)),
                ("links_revision", models.PositiveIntegerField(default=0)),
                ("carried", models.BooleanField(default=False)),
                ("saved_from", models.CharField(blank=True, max_length=20)),
                ("saved_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.AlterField(
            model_name="review",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quality_reviews",
                to="catalog.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_as", "design"), ("version__isnull", False)),
                    models.Q(("version__isnull", True), models.Q(("judged_as", "design"), _negated=True)),
                    _connector="OR",
                ),
                name="quality_decision_judges_its_subject",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="begun_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="quality.instrument"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quality_applications",
                to="directory.organisation",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="renews",
            field=models.ForeignKey(
                blank=True,
                help_text="The application that this one was begun from.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewed_by",
                to="quality.application",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="quality.application",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["application", "-handed_in_at"], name="review_of_application"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", True), ("version__isnull", False)),
                    models.Q(("application__isnull", False), ("version__isnull", True)),
                    _connector="OR",
                ),
                name="review_has_one_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", frozenset(["in_review", "to_decide"]))),
                fields=("application",),
                name="review_of_application_is_one_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="showing",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="showings", to="quality.application"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="showing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="quality.showing"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["organisation", "-begun_at", "-id"], name="application_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", frozenset(["draft", "submitted"]))),
                fields=("organisation", "judged_as"),
                name="application_is_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("judged_as", "design"), _negated=True), name="application_is_of_an_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "given_up"]),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="application_submitted_tells_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.UniqueConstraint(fields=("application", "criterion"), name="showing_is_one_a_criterion"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["stored_as"], name="document_by_its_bytes"),
        ),
    ]
