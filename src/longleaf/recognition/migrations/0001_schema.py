from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.recognition.models.certificate
import longleaf.recognition.models.credit_list
import longleaf.recognition.models.credit_request
import longleaf.recognition.models.imported_badge
import longleaf.recognition.models.licence
import longleaf.recognition.models.local_plan
import longleaf.recognition.models.policy_draft
import longleaf.recognition.models.policy_lab
import longleaf.recognition.models.reward


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0001_schema"),
        ("catalog", "0001_schema"),
        ("catalog", "0003_published_versions_never_change"),
        ("directory", "0001_schema"),
        ("directory", "__first__"),
        ("quality", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundingSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal", "Federal"),
                            ("state", "State"),
                            ("local", "Local"),
                            ("grant", "Grant or gift"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fiscal_year", models.CharField(help_text="As the payer writes it, such as 2026-27.", max_length=9)),
                ("budget", models.DecimalField(decimal_places=2, max_digits=12)),
                ("committed", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_sources",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("committed__gte", 0), ("committed__lte", models.F("budget"))),
                        name="funding_source_is_never_overdrawn",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "name", "fiscal_year"), name="funding_source_stands_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "categories",
                    models.JSONField(
                        blank=True, default=list, help_text="Categories of the policy that it is given for."
                    ),
                ),
                ("topics", models.JSONField(blank=True, default=list)),
                ("alignments", models.JSONField(blank=True, default=list)),
                (
                    "ruling",
                    models.CharField(
                        choices=[("asked", "Asked back"), ("accepted", "Accepted"), ("refused", "Not accepted")],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(help_text="The reason, or the question; its earner reads it.")),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, help_text="Since when its letter is being sent.", null=True),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, help_text="When its letter was sent, or nobody had a mailbox.", null=True
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
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="For whom it was decided.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["told_at", "decided_at"], name="import_decision_to_tell")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="import_decision_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ruling", "accepted"), _negated=True),
                            models.Q(("amount__isnull", True), ("micro_credential__isnull", False)),
                            models.Q(("amount__gt", 0), ("micro_credential__isnull", True)),
                            _connector="OR",
                        ),
                        name="import_decision_accepted_counts_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedBadge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.imported_badge.new_import_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("brought", "Not sent yet"),
                            ("waiting", "With a recognizer"),
                            ("asked", "Asked back"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                            ("withdrawn", "Taken back"),
                            ("revoked", "Withdrawn by its issuer"),
                        ],
                        default="brought",
                        max_length=10,
                    ),
                ),
                ("brought_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="Where it was found, if it was not uploaded.", max_length=2000
                    ),
                ),
                ("carrier", models.CharField(max_length=8)),
                ("material", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("credential", models.JSONField()),
                ("title", models.CharField(max_length=300)),
                ("issuer_name", models.CharField(blank=True, max_length=300)),
                ("issuer_id", models.CharField(blank=True, max_length=2000)),
                ("achievement_id", models.CharField(blank=True, max_length=2000)),
                ("credential_id", models.CharField(blank=True, max_length=500)),
                (
                    "says",
                    models.JSONField(
                        default=dict, help_text="What else it says: version, criteria, evidence, alignments."
                    ),
                ),
                ("earned_on", models.DateField(blank=True, help_text="The day that the badge names.", null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("report", models.JSONField(help_text="Step by step what was found when it was last verified.")),
                ("verdict", models.CharField(max_length=8)),
                (
                    "proven_issuer",
                    models.CharField(blank=True, help_text="Who was proven to have issued it.", max_length=2000),
                ),
                ("verified_at", models.DateTimeField()),
                (
                    "looked_at",
                    models.DateTimeField(blank=True, help_text="Since when a worker verifies it again.", null=True),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was found that its issuer has withdrawn it.", null=True
                    ),
                ),
                (
                    "given_to",
                    models.CharField(
                        choices=[
                            ("matched", "Given to an address of yours"),
                            ("other", "Given to an address that is not among yours"),
                            ("unsaid", "It does not say to whom it was given"),
                        ],
                        max_length=8,
                    ),
                ),
                ("explanation", models.TextField(blank=True, help_text="What its earner says of it.")),
                ("asked_again_at", models.DateTimeField(blank=True, null=True)),
                ("new_facts", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported_badges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ruling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.importdecision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-brought_at"], name="imported_badge_of_person"),
                    models.Index(fields=["status", "due_on"], name="imported_badge_to_decide"),
                    models.Index(fields=["status", "verified_at"], name="imported_badge_to_look_at"),
                    models.Index(fields=["status", "expires_on"], name="imported_badge_by_expiry"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "digest"), name="imported_badge_is_brought_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("credential_id", ""), _negated=True),
                        fields=("person", "credential_id"),
                        name="imported_badge_is_brought_once_by_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "refused"]), _negated=True),
                            ("ruling__isnull", False),
                            _connector="OR",
                        ),
                        name="imported_badge_decided_has_a_ruling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["waiting", "asked"]), _negated=True),
                            models.Q(("due_on__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="imported_badge_waiting_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_again_at__isnull", True),
                            models.Q(("new_facts", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="imported_badge_asked_again_says_why",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="importdecision",
            name="imported",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="recognition.importedbadge"
            ),
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                (
                    "role",
                    models.CharField(
                        help_text="The policy's code for the duties the licence is used for.", max_length=60
                    ),
                ),
                ("areas", models.JSONField(blank=True, default=list)),
                ("issued", models.DateField()),
                ("expires", models.DateField()),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day on which it held, where it ended before it expired.",
                        null=True,
                    ),
                ),
                (
                    "scores",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By the exam's code: score, qualifying score and standard error, as text.",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="licences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="directory.state"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-expires"], name="licence_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires__gt", models.F("issued"))), name="licence_expires_after_issue"
                    ),
                    models.UniqueConstraint(
                        fields=("person", "state", "kind", "expires"), name="licence_is_entered_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.licence.new_file_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="The name of the file; empty for typed lines.", max_length=254
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not yet recorded"),
                            ("recorded", "Recorded"),
                            ("discarded", "Discarded"),
                        ],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.JSONField(blank=True, default=list)),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_files",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["office", "-handed_in_at"], name="licence_file_of_office")],
            },
        ),
        migrations.CreateModel(
            name="LocalPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.local_plan.new_plan_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("document", models.JSONField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="local_plan", to="quality.application"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_plans",
                        to="directory.organisation",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-id"], name="local_plan_of_unit")],
            },
        ),
        migrations.CreateModel(
            name="LocalValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credits", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("credits_per_effort_hour", models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_values",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_values",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "micro_credential", "-valid_from"], name="local_value_of_employer"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credits__isnull", False), ("credits_per_effort_hour__isnull", True)),
                            models.Q(("credits__isnull", True), ("credits_per_effort_hour__isnull", False)),
                            _connector="OR",
                        ),
                        name="local_value_is_fixed_or_by_effort",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherCredit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="The policy's code for the kind of credit.", max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("earned_on", models.DateField()),
                ("alignments", models.JSONField(blank=True, default=list)),
                ("topics", models.JSONField(blank=True, default=list)),
                (
                    "categories_claimed",
                    models.JSONField(
                        blank=True, default=list, help_text="Categories the employer has recorded it for."
                    ),
                ),
                (
                    "counted_before",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="How many credits of it counted in an earlier cycle.",
                        max_digits=7,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "occasion",
                    models.CharField(
                        blank=True,
                        help_text="What it was recorded on, such as a line of a list; the same one only once.",
                        max_length=120,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_credits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "earned_on"], name="other_credit_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("occasion", ""), _negated=True),
                        fields=("occasion",),
                        name="other_credit_is_recorded_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.credit_request.new_request_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("credit", "Credit for what I have done"),
                            ("prior_approval", "Approval before I begin"),
                            ("category", "Another category for a credit that is recorded"),
                            ("badge", "Approval or a category for a badge that I earned"),
                            ("signature", "A signature that the policy asks for"),
                            ("carried_over", "What is left over of a credit from an earlier cycle"),
                            ("other", "Something else that needs a decision"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    models.CharField(blank=True, help_text="The policy's code for the kind of credit.", max_length=60),
                ),
                ("title", models.CharField(max_length=200)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("begins_on", models.DateField(blank=True, null=True)),
                (
                    "earned_on",
                    models.DateField(blank=True, help_text="The last day, on which it counts as earned.", null=True),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True, help_text="The category wished for, by the policy's code.", max_length=60
                    ),
                ),
                (
                    "counted_before",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Of what is carried over: credits used before.",
                        max_digits=7,
                        null=True,
                    ),
                ),
                ("statement", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Waiting for a decision"),
                            ("asked_back", "Asked back"),
                            ("approved", "Approved"),
                            ("refused", "Not approved"),
                            ("withdrawn", "Withdrawn"),
                            ("appealed", "Appealed"),
                            ("granted", "Approved on appeal"),
                            ("upheld", "Decision upheld"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="By when the office answers, or the appeal is ruled on.", null=True
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("granted_kind", models.CharField(blank=True, max_length=60)),
                ("granted_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("granted_category", models.CharField(blank=True, max_length=60)),
                ("granted_counted_before", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("appeal", models.TextField(blank=True)),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
                ("ruling", models.TextField(blank=True)),
                (
                    "approved_before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="recognition.creditrequest",
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
                    "educator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credit_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_requests",
                        to="directory.organisation",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests_about",
                        to="recognition.othercredit",
                    ),
                ),
                (
                    "credit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_of",
                        to="recognition.othercredit",
                    ),
                ),
                (
                    "badge",
                    models.ForeignKey(
                        blank=True,
                        help_text="The badge that is to be approved or to count for a category.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.award",
                    ),
                ),
                (
                    "granted_at",
                    models.DateTimeField(
                        blank=True, help_text="When something was first granted, by the office or on appeal.", null=True
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        help_text="What is to be approved before it is begun, where that is a micro-credential.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True, help_text="What is to be signed, by the policy's code.", max_length=60
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["office", "status", "due_on"], name="credit_request_in_queue"),
                    models.Index(fields=["educator", "-begun_at"], name="credit_request_of_person"),
                    models.Index(fields=["status", "due_on"], name="credit_request_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "granted", "refused", "upheld"]), _negated=True),
                            models.Q(("decided_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="credit_request_decided_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("educator")), _negated=True),
                            _connector="OR",
                        ),
                        name="credit_request_is_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "withdrawn"]),
                            models.Q(("due_on__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="credit_request_sent_has_its_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "granted"]), _negated=True),
                            ("granted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="credit_request_granted_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=40)),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year in which the year of the policy ended."
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=9)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("reported_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="recognition.localplan"
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
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "measure", "year"), name="plan_figure_is_one_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.policy_draft.new_draft_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_from", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("writing", "Being written"),
                            ("proposed", "Waiting for a second officer"),
                            ("published", "Published"),
                            ("dropped", "Dropped"),
                        ],
                        default="writing",
                        max_length=12,
                    ),
                ),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("written_at", models.DateTimeField(auto_now=True)),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("asked_back", models.TextField(blank=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="policy_drafts", to="directory.state"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-written_at"], name="policy_draft_of_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "proposed"), _negated=True),
                            models.Q(
                                ("in_force_from__isnull", False),
                                ("proposed_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policy_draft_is_proposed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("written", models.TextField(blank=True)),
                ("loaded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="policies", to="directory.state"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code", "digest"), name="policy_text_is_loaded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyPublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("in_force_from", models.DateField()),
                ("reason", models.TextField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="recognition.policydraft",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.state"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="recognition.policytext",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "code", "-in_force_from"], name="policy_publication_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="policy_publication_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("published_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="policy_publication_has_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_because", ""),
                                ("withdrawn_by__isnull", True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policy_publication_is_withdrawn_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("state", "code", "in_force_from"),
                        name="policy_publication_one_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyLab",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.policy_lab.new_lab_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("proposed", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("people", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("after", models.BigIntegerField(default=0)),
                ("found", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="labs", to="recognition.policydraft"
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recognition.policytext"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["draft", "-asked_at"], name="policy_lab_of_draft"),
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=["claimed_until"],
                        name="policy_lab_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "digest", "before", "on"), name="policy_lab_is_asked_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="policydraft",
            name="base",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="recognition.policytext",
            ),
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "categories",
                    models.JSONField(
                        blank=True, default=list, help_text="Categories of the policy that it is given for."
                    ),
                ),
                ("topics", models.JSONField(blank=True, default=list)),
                ("alignments", models.JSONField(blank=True, default=list)),
                ("issuer_id", models.CharField(blank=True, max_length=2000)),
                ("issuer_name", models.CharField(blank=True, max_length=300)),
                ("achievement_id", models.CharField(blank=True, max_length=2000)),
                ("title", models.CharField(max_length=300)),
                ("accepts", models.BooleanField()),
                ("reason", models.TextField()),
                ("decides_alone", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                (
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precedents",
                        to="directory.organisation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "title", "-set_at"], name="precedent_by_title"),
                    models.Index(fields=["organisation", "-set_at"], name="precedent_of_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="precedent_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decides_alone", False),
                            models.Q(
                                models.Q(("achievement_id", ""), _negated=True),
                                models.Q(("issuer_id", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="precedent_alone_names_an_achievement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepts", False),
                            models.Q(("amount__isnull", True), ("micro_credential__isnull", False)),
                            models.Q(("amount__gt", 0), ("micro_credential__isnull", True)),
                            _connector="OR",
                        ),
                        name="precedent_accepting_counts_one_way",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="importdecision",
            name="precedent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="recognition.precedent",
            ),
        ),
        migrations.CreateModel(
            name="RenewalPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict)),
                ("standing", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal_practice",
                        to="directory.state",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("media_type", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=10)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "stored_as",
                    models.CharField(blank=True, help_text="Empty once the file was let go.", max_length=100),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("let_go_at", models.DateTimeField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="recognition.creditrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("let_go_at__isnull", True)),
                        fields=["added_at"],
                        name="request_document_kept_since",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("let_go_at__isnull", True), ("stored_as", ""), _connector="OR"),
                        name="request_document_let_go_has_no_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_question", models.BooleanField()),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="recognition.creditrequest",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RewardOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.reward.new_offer_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stipend", "Stipend"),
                            ("lane", "Step on the salary schedule"),
                            ("advanced_role", "Advanced role"),
                            ("leave", "Time"),
                            ("other", "Something else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), help_text="In US dollars.", max_digits=9
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True, help_text="The lane, the role, or what else is given.", max_length=200
                    ),
                ),
                ("hours", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                (
                    "asks",
                    models.JSONField(
                        help_text=(
                            "The stacks with their pieces, and the single micro-credentials, of the day it was made."
                        )
                    ),
                ),
                (
                    "needed",
                    models.PositiveSmallIntegerField(
                        help_text="How many of the stacks and micro-credentials must be earned."
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        help_text="What of the policy must be reached: a result, or a step of a ladder.",
                        max_length=200,
                    ),
                ),
                (
                    "licence_role",
                    models.CharField(blank=True, help_text="The role on the license; none means all.", max_length=60),
                ),
                ("conditions", models.TextField(blank=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(help_text="The last day on which it may be asked for.")),
                ("earn_by", models.DateField()),
                ("cap", models.PositiveIntegerField(blank=True, null=True)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("offered_at", models.DateTimeField(auto_now_add=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "funding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_offers",
                        to="recognition.fundingsource",
                    ),
                ),
                (
                    "micro_credentials",
                    models.ManyToManyField(related_name="reward_offers", to="catalog.microcredential"),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_offers",
                        to="directory.organisation",
                    ),
                ),
                (
                    "schools",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None means all of the unit.",
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                ("stacks", models.ManyToManyField(blank=True, related_name="reward_offers", to="catalog.stack")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-offered_at"], name="reward_offer_of_payer"),
                    models.Index(fields=["valid_until", "valid_from"], name="reward_offer_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cap__isnull", True), ("taken__lte", models.F("cap")), _connector="OR"),
                        name="reward_offer_keeps_its_cap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", 0), ("funding__isnull", True)),
                            models.Q(("amount__gt", 0), ("funding__isnull", False)),
                            _connector="OR",
                        ),
                        name="reward_offer_with_money_has_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__lte", models.F("valid_until")), ("valid_until__lte", models.F("earn_by"))
                        ),
                        name="reward_offer_days_are_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("needed__gte", 1)), name="reward_offer_asks_for_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RewardPromise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.reward.new_promise_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("licence_role", models.CharField(blank=True, max_length=60)),
                ("terms", models.JSONField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "paid",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="The sum of the lines of its payments.",
                        max_digits=9,
                    ),
                ),
                ("earn_by", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "On the waiting list"),
                            ("promised", "Promised"),
                            ("due", "Earned, to be paid"),
                            ("paid", "Paid"),
                            ("lapsed", "Not earned in time"),
                            ("given_up", "Given up"),
                            ("ended", "The offer ended"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("promised_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, help_text="The day on which it was earned.", null=True)),
                ("over_on", models.DateField(blank=True, null=True)),
                (
                    "educator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_promises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "funding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_promises",
                        to="recognition.fundingsource",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="recognition.rewardoffer",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["educator", "-asked_at"], name="reward_promise_of_person"),
                    models.Index(fields=["offer", "status", "due_on"], name="reward_promise_of_offer"),
                    models.Index(fields=["funding", "status", "asked_at"], name="reward_promise_of_funding"),
                    models.Index(fields=["status", "earn_by"], name="reward_promise_by_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["ended", "given_up", "lapsed"]), _negated=True),
                        fields=("offer", "educator"),
                        name="reward_is_promised_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="reward_promise_takes_nothing"),
                    models.CheckConstraint(
                        condition=models.Q(("paid__gte", 0), ("paid__lte", models.F("amount"))),
                        name="reward_promise_pays_no_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "paid"), _negated=True), ("paid", models.F("amount")), _connector="OR"
                        ),
                        name="reward_promise_paid_is_paid_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RewardPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                ("paid_on", models.DateField()),
                (
                    "reference",
                    models.CharField(blank=True, help_text="Of the payroll, such as a batch.", max_length=80),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="recognition.rewardpayment",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="recognition.rewardpromise",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["promise", "recorded_at"], name="reward_payment_of_promise")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("reverses__isnull", True)),
                            models.Q(
                                ("amount__lte", 0), ("reverses__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="reward_payment_or_reversal_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_on", models.DateField(blank=True, null=True)),
                ("standings", models.JSONField(default=dict, help_text="How many educators, by standing.")),
                (
                    "years",
                    models.JSONField(
                        default=dict, help_text="By year: credits from time spent, and from competency shown."
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewal_count",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["counted_on"], name="unit_count_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, help_text="What educators are told of it.", max_length=300)),
                ("adopted_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "ended_on", "adopted_on"], name="adoption_of_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation", "micro_credential"),
                        name="adoption_holds_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.certificate.new_certificate_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("as_of", models.DateField()),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("stated_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credit_certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-stated_at"], name="credit_certificate_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "digest"), name="credit_certificate_is_stated_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.recognition.models.credit_list.new_list_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=7)),
                ("earned_on", models.DateField()),
                ("category", models.CharField(blank=True, max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not yet recorded"),
                            ("recorded", "Recorded"),
                            ("discarded", "Discarded"),
                        ],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.JSONField(blank=True, default=list)),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_lists",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["office", "-handed_in_at"], name="credit_list_of_office")],
            },
        ),
        migrations.AddIndex(
            model_name="importdecision",
            index=models.Index(fields=["imported", "decided_at"], name="import_decision_of_badge"),
        ),
        migrations.AddConstraint(
            model_name="importdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by__isnull", False), ("precedent__isnull", False), _connector="OR"),
                name="import_decision_is_somebodys",
            ),
        ),
    ]
