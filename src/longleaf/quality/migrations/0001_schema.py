import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import longleaf.quality.models.alarm
import longleaf.quality.models.application
import longleaf.quality.models.complaint
import longleaf.quality.models.follow_up
import longleaf.quality.models.review


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_schema"),
        ("directory", "0001_schema"),
        ("directory", "__first__"),
        ("panels", "0001_schema"),
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
            name="OversightRules",
            fields=[
                (
                    "state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="oversight_rules",
                        serialize=False,
                        to="directory.state",
                    ),
                ),
                ("document", models.JSONField(blank=True, default=dict)),
                (
                    "looked_on",
                    models.DateField(blank=True, help_text="When all figures were last looked at.", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.assignment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                (
                    "judges",
                    models.CharField(
                        choices=[
                            ("design", "Designs of micro-credentials"),
                            ("agency", "Issuing organizations"),
                            ("pathway", "School units that run a state pathway"),
                            ("plan", "Local renewal plans"),
                        ],
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
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instruments", to="directory.state"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code", "digest"), name="instrument_text_is_loaded_once")
                ],
            },
        ),
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
                (
                    "pathways",
                    models.JSONField(blank=True, default=list, help_text="Which pathways of the state it asks to run."),
                ),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "update_by",
                    models.DateField(
                        blank=True,
                        help_text="By when the agency asked to have it brought up to date, once it was decided.",
                        null=True,
                    ),
                ),
                ("update_reason", models.TextField(blank=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_applications",
                        to="directory.organisation",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        help_text="The application that this one was begun from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewed_by",
                        to="quality.application",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="quality.instrument",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-begun_at", "-id"], name="application_newest_first")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", frozenset(["draft", "submitted"]))),
                        fields=("organisation", "judged_as"),
                        name="application_is_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged_as", "design"), _negated=True),
                        name="application_is_of_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "given_up"]),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_submitted_tells_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("update_by__isnull", True), ("status", "decided"), _connector="OR"),
                        name="application_to_be_updated_is_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "judged_as",
                    models.CharField(
                        choices=[
                            ("design", "Designs of micro-credentials"),
                            ("agency", "Issuing organizations"),
                            ("pathway", "School units that run a state pathway"),
                            ("plan", "Local renewal plans"),
                        ],
                        default="design",
                        max_length=10,
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
                ("families", models.JSONField(blank=True, default=list)),
                ("pathways", models.JSONField(blank=True, default=list)),
                ("conditions", models.TextField(blank=True)),
                ("standing", models.CharField(max_length=20)),
                ("source_ids", models.JSONField(blank=True, default=list)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        help_text="The decision on its issuer because of which this one was taken.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="quality.qualitydecision",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "-valid_from", "-id"], name="quality_of_version"),
                    models.Index(fields=["organisation", "-valid_from", "-id"], name="quality_of_issuer"),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_as", "design"), ("version__isnull", False)),
                            models.Q(("version__isnull", True), models.Q(("judged_as", "design"), _negated=True)),
                            _connector="OR",
                        ),
                        name="quality_decision_judges_its_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                ("pointer", models.CharField(blank=True, max_length=200)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="panels.assignment"
                    ),
                ),
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
                            ("alarm", "Called in after an alarm"),
                            ("called_in", "Called in by the agency"),
                        ],
                        default="handed_in",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="What whoever put it up says to the officer who decides."),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("letter", models.TextField(blank=True, help_text="What the officer writes to the issuer.")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="quality.application",
                    ),
                ),
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
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="quality.designtext"
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_reviews",
                        to="catalog.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "status", "due_at", "ref"], name="review_of_agency_by_due"),
                    models.Index(fields=["version", "-handed_in_at"], name="review_of_version"),
                    models.Index(fields=["application", "-handed_in_at"], name="review_of_application"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", True), ("version__isnull", False)),
                            models.Q(("application__isnull", False), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="review_has_one_subject",
                    ),
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
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", frozenset(["in_review", "to_decide"]))),
                        fields=("application",),
                        name="review_of_application_is_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("until", models.DateField()),
                ("met_on", models.DateField(blank=True, null=True)),
                ("met_note", models.TextField(blank=True, help_text="By what the officer saw that it is met.")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="quality.review"
                    ),
                ),
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
                ("criterion", models.CharField(max_length=40)),
                ("text", models.TextField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="quality.review"
                    ),
                ),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="showings", to="quality.application"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "criterion"), name="showing_is_one_a_criterion")
                ],
            },
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
                        blank=True, help_text="Taken out after a review had read it, so its bytes stay.", null=True
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "showing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="quality.showing"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "indexes": [models.Index(fields=["stored_as"], name="document_by_its_bytes")],
            },
        ),
        migrations.CreateModel(
            name="TriedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(help_text="SHA-256 of the address.", max_length=64, unique=True)),
                ("address", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be tried"),
                            ("answered", "Answered"),
                            ("not_answered", "Not answered"),
                            ("not_tried", "Not tried"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "asked_at"], name="tried_link_waiting")],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.alarm.new_alarm_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("first-time", "Demonstrated the first time"),
                            ("in-the-end", "Demonstrated in the end"),
                            ("turnaround", "Decided by the promised day"),
                            ("agreement", "Agreement of assessors (AC1)"),
                            ("appeals", "Appeals that changed the decision"),
                            ("complaints", "Complaints upheld, of attempts decided"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "is_above",
                    models.BooleanField(help_text="Whether the figure lies above the threshold, or below it."),
                ),
                ("threshold", models.FloatField()),
                ("value", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("number", models.PositiveIntegerField(help_text="Of how many cases the figure tells.")),
                ("first_day", models.DateField()),
                ("raised_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Nobody has looked yet"),
                            ("looked_at", "Looked at, and followed up"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("found", models.TextField(blank=True, help_text="What whoever looked found, and what follows.")),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("question", models.TextField(blank=True, help_text="What the agency asks the issuer.")),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_alarms",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_alarms",
                        to="catalog.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "status", "-raised_on", "-id"], name="alarm_of_agency"),
                    models.Index(fields=["agency", "-raised_on", "-id"], name="alarm_of_agency_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("version__isnull", False)),
                            models.Q(("organisation__isnull", False), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="alarm_has_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            models.Q(models.Q(("found", ""), _negated=True), ("looked_at_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="alarm_looked_at_says_what_was_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("status", "closed")),
                            models.Q(models.Q(("status", "closed"), _negated=True), ("closed_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="alarm_closed_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(models.Q(("question", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="alarm_answered_was_asked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=("version", "measure"),
                        name="alarm_on_version_rings_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=("organisation", "measure"),
                        name="alarm_on_issuer_rings_once",
                    ),
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
                    "judged_as",
                    models.CharField(
                        choices=[
                            ("design", "Designs of micro-credentials"),
                            ("agency", "Issuing organizations"),
                            ("pathway", "School units that run a state pathway"),
                            ("plan", "Local renewal plans"),
                        ],
                        default="design",
                        max_length=10,
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
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_complaints",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="catalog.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "status", "made_at"], name="complaint_of_agency"),
                    models.Index(fields=["made_by", "-made_at"], name="complaint_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_as", "design"), ("organisation__isnull", True), ("version__isnull", False)
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                ("version__isnull", True),
                                models.Q(("judged_as", "design"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_has_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="complaint_answered_has_its_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.quality.models.follow_up.new_report_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("media_type", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("stored_as", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Reported, not looked at yet"),
                            ("confirmed", "Confirmed"),
                            ("returned", "Not met yet"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="By what it is seen that it is met, or why it is not yet."),
                ),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="quality.condition"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["reported_at", "pk"],
                "indexes": [models.Index(fields=["status", "reported_at"], name="condition_report_by_status")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("condition",),
                        name="condition_report_waits_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("status", "waiting")),
                            models.Q(models.Q(("status", "waiting"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="condition_report_answered_has_its_day",
                    ),
                ],
            },
        ),
    ]
