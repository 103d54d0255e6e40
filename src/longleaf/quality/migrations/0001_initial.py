import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import longleaf.quality.models.complaint
import longleaf.quality.models.review


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("directory", "0001_initial"),
        ("directory", "__first__"),
        ("panels", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DesignText",
            fields=[
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the canonical JSON (RFC 8785).",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("document", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.assignment"
                    ),
                ),
                ("text", models.TextField()),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instruments", to="directory.state"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                (
                    "judges",
                    models.CharField(
                        choices=[("design", "Designs of micro-credentials"), ("agency", "Issuing organizations")],
                        default="design",
                        max_length=10,
                    ),
                ),
                ("edition", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("standing", models.CharField(max_length=20)),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code", "digest"), name="instrument_text_is_loaded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_decisions",
                        to="directory.state",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_decisions",
                        to="catalog.version",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_decisions",
                        to="directory.organisation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="quality.instrument",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("recognised", "Recognized"),
                            ("conditions", "Recognized with conditions"),
                            ("returned", "Returned"),
                            ("suspended", "Recognition suspended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("scope", models.TextField(blank=True)),
                ("conditions", models.TextField(blank=True)),
                ("standing", models.CharField(max_length=20)),
                ("source_ids", models.JSONField(blank=True, default=list)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "-valid_from"], name="quality_of_version"),
                    models.Index(fields=["organisation", "-valid_from"], name="quality_of_issuer"),
                    models.Index(fields=["state", "-valid_from", "-id"], name="quality_in_register"),
                    models.Index(fields=["state", "-recorded_at", "-id"], name="quality_newest_first"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("version__isnull", False)),
                            models.Q(("organisation__isnull", False), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="quality_decision_has_one_subject",
                    ),
                    models.UniqueConstraint(
                        fields=("version", "decided_by", "valid_from"), name="quality_decision_on_version_a_day"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "decided_by", "valid_from"), name="quality_decision_on_issuer_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.assignment"
                    ),
                ),
                ("criterion", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                ("pointer", models.CharField(blank=True, max_length=200)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("reading", "criterion"), name="quotation_stands_once_a_criterion")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.review.new_review_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_reviews",
                        to="catalog.version",
                    ),
                ),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="quality.designtext"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="quality.instrument"
                    ),
                ),
                (
                    "panel",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.panel"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_review", "In review"),
                            ("to_decide", "Waiting for a decision"),
                            ("decided", "Decided"),
                            ("taken_back", "Taken back"),
                        ],
                        default="in_review",
                        max_length=12,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("handed_in", "Handed in by its issuer"),
                            ("audit", "Drawn for an audit"),
                            ("complaint", "Called in after a complaint"),
                        ],
                        default="handed_in",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What the issuer says to the officer who decides.")),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="quality.qualitydecision",
                    ),
                ),
                ("letter", models.TextField(blank=True, help_text="What the officer writes to the issuer.")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "status", "due_at", "ref"], name="review_of_agency_by_due"),
                    models.Index(fields=["version", "-handed_in_at"], name="review_of_version"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_has_its_decision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", frozenset(["in_review", "to_decide"]))),
                        fields=("version",),
                        name="review_of_version_is_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="quality.review"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("until", models.DateField()),
                ("met_on", models.DateField(blank=True, null=True)),
                ("met_note", models.TextField(blank=True, help_text="By what the officer saw that it is met.")),
            ],
            options={
                "ordering": ["review", "number"],
                "indexes": [models.Index(fields=["met_on", "until"], name="condition_by_due_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="condition_is_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="quality.review"
                    ),
                ),
                ("criterion", models.CharField(max_length=40)),
                ("text", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="change_is_asked_once_a_component")
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="self_check_answers",
                        to="catalog.draft",
                    ),
                ),
                ("component", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_from", models.CharField(blank=True, max_length=20)),
                ("saved_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "component"), name="self_check_answer_is_one_a_component")
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.complaint.new_complaint_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="complaints", to="catalog.version"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("upheld", "Upheld"), ("not_upheld", "Not upheld")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "status", "made_at"], name="complaint_of_agency"),
                    models.Index(fields=["made_by", "-made_at"], name="complaint_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="complaint_answered_has_its_answer",
                    )
                ],
            },
        ),
    ]
