import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.panels.models.assignment
import longleaf.panels.models.calibration
import longleaf.panels.models.certification
import longleaf.panels.models.panel
import longleaf.panels.models.pay


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_schema"),
        ("directory", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessor",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="assessor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "at_a_time",
                    models.PositiveSmallIntegerField(default=10, help_text="Readings under way at a time, at most."),
                ),
                (
                    "a_month",
                    models.PositiveSmallIntegerField(default=40, help_text="Readings asked for in 30 days, at most."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RubricText",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("document", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.panel.new_panel_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="What is judged, named by the app that convened it.", max_length=40),
                ),
                (
                    "subject",
                    models.CharField(help_text="The blind reference under which raters see it.", max_length=60),
                ),
                (
                    "reader_role",
                    models.CharField(
                        default="assessor",
                        help_text="The role in the pool's organization that reads for it.",
                        max_length=20,
                    ),
                ),
                ("rule", models.JSONField()),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "Under which reference the convening app keeps what is read, where that is not the subject."
                        ),
                        max_length=60,
                    ),
                ),
                (
                    "met_before",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Criteria met in an earlier round; they are not rated again.",
                    ),
                ),
                (
                    "levels_before",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="The best level that criteria had in earlier rounds, by their code.",
                    ),
                ),
                (
                    "barred_organisations",
                    models.JSONField(
                        blank=True, default=list, help_text="Keys of organisations whose people stay outside."
                    ),
                ),
                (
                    "of_outsiders",
                    models.BooleanField(
                        default=False,
                        help_text="Its pool may judge work of its own organization, by people who only judge for it.",
                    ),
                ),
                (
                    "barred_people",
                    models.JSONField(blank=True, default=list, help_text="References of people who stay outside."),
                ),
                (
                    "read_before",
                    models.JSONField(
                        blank=True, default=list, help_text="References of people who read an earlier round of it."
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="In which the work is written; empty for any.", max_length=20
                    ),
                ),
                (
                    "tags",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What it is about, as qualifications are told: `topics:literacy`.",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        help_text="Readings it asks for now; one more when the first ones differ."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Reading"),
                            ("adjudicating", "Waits for a lead assessor"),
                            ("reconciling", "Readers talk it over"),
                            ("decided", "Decided"),
                            ("dissolved", "Dissolved"),
                            ("checking", "Checking a reader"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("convened_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "talk_until",
                    models.DateTimeField(
                        blank=True, help_text="Until when readers who differ talk it over.", null=True
                    ),
                ),
                ("talked_at", models.DateTimeField(blank=True, help_text="When they had done so.", null=True)),
                ("outcome", models.JSONField(blank=True, null=True)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["status", "due_at"], name="panel_by_due_date"),
                    models.Index(fields=["kind", "status", "talk_until"], name="panel_by_end_of_talk"),
                    models.Index(fields=["pool", "status", "due_at", "ref"], name="panel_of_pool_by_due_date"),
                    models.Index(
                        condition=models.Q(("evidence", ""), _negated=True),
                        fields=["evidence"],
                        name="panel_by_its_evidence",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject"), name="panel_is_convened_once_on_a_subject"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True), ("outcome__isnull", False), _connector="OR"
                        ),
                        name="panel_decided_has_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.assignment.new_assignment_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("seat", models.PositiveSmallIntegerField()),
                (
                    "adjudicates",
                    models.BooleanField(
                        default=False, help_text="Decides what the readers differ on, having seen both."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting to be opened"),
                            ("started", "Being read"),
                            ("submitted", "Handed in"),
                            ("declined", "Declined"),
                            ("expired", "Not taken up in time"),
                            ("taken_back", "Given to somebody else"),
                        ],
                        default="offered",
                        max_length=12,
                    ),
                ),
                ("why_chosen", models.CharField(help_text="Why this rater, in a sentence.", max_length=300)),
                ("offered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "take_up_by",
                    models.DateTimeField(help_text="When an assignment nobody opened goes to another rater."),
                ),
                ("due_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, help_text="When this reader had talked it over.", null=True),
                ),
                (
                    "declined_because",
                    models.TextField(blank=True, help_text="In the rater's words; it may name the person they know."),
                ),
                (
                    "reopened_because",
                    models.TextField(blank=True, help_text="Why a lead gave it back, for its reader alone."),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="panels.panel"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["rater", "status", "due_at"], name="assignment_queue_of_rater"),
                    models.Index(fields=["status", "take_up_by"], name="assignment_by_take_up"),
                    models.Index(fields=["offered_at", "rater"], name="assignment_by_offer"),
                    models.Index(fields=["submitted_at", "rater"], name="assignment_by_hand_in"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "rater"), name="assignment_rater_sits_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", frozenset(["offered", "started", "submitted"]))),
                        fields=("panel", "seat"),
                        name="assignment_seat_is_taken_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="assignment_submitted_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.pay.new_payment_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("readings", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("currency", models.CharField(max_length=3)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_because", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading_payments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "pool", "-recorded_at"], name="payment_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("begins"))), name="payment_ends_after_it_began"
                    ),
                    models.CheckConstraint(condition=models.Q(("readings__gt", 0)), name="payment_is_for_a_reading"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back_at__isnull", True),
                            models.Q(("taken_back_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="payment_is_taken_back_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                ("stands", models.BooleanField(default=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid", to="panels.assignment"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="panels.payment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)), fields=("assignment",), name="reading_is_paid_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pool",
                        serialize=False,
                        to="directory.organisation",
                    ),
                ),
                ("rules", models.JSONField(blank=True, default=dict, help_text="What differs from the defaults.")),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_by__isnull", True),
                            models.Q(("read_by", models.F("organisation")), _negated=True),
                            _connector="OR",
                        ),
                        name="pool_read_by_itself_is_told_by_nothing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("invited", "Invited"), ("active", "Active"), ("paused", "Paused"), ("left", "Left")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField(help_text="Since when this status holds.")),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="panels.assessor"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_members",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["pool", "status"], name="pool_member_by_status")],
                "constraints": [models.UniqueConstraint(fields=("pool", "assessor"), name="pool_has_each_member_once")],
            },
        ),
        migrations.CreateModel(
            name="ConfirmedQualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                ("confirmed_on", models.DateField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="confirmed", to="panels.poolmember"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "code"), name="qualification_of_member_is_confirmed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="qualifications", to="panels.assessor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessor", "code"), name="qualification_of_assessor_is_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("comment", models.TextField(blank=True)),
                ("level_revision", models.PositiveIntegerField(default=0)),
                ("comment_revision", models.PositiveIntegerField(default=0)),
                ("rated_at", models.DateTimeField(auto_now=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="panels.assignment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "criterion"), name="rating_stands_once_a_criterion")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingFee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                ("currency", models.CharField(help_text="ISO 4217.", max_length=3)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_fees",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "since"), name="reading_fee_begins_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="reading_fee_is_no_debt"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="panels.assignment"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["assignment", "criterion", "said_at"], name="remark_of_reader")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("revised_at", models.DateTimeField(auto_now_add=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="panels.assignment"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["assignment", "criterion", "revised_at"], name="revision_of_reader")],
            },
        ),
        migrations.CreateModel(
            name="RubricEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.calibration.new_edition_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("kind", models.CharField(help_text="The kind of panel that reads by it.", max_length=40)),
                ("instrument", models.CharField(help_text="What the rubric belongs to, by its code.", max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("rule", models.JSONField()),
                ("number", models.PositiveSmallIntegerField()),
                ("marked_because", models.TextField(blank=True)),
                ("registered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rubric_editions",
                        to="directory.organisation",
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editorial",
                        to="panels.rubricedition",
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="panels.rubrictext"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pool", "kind", "instrument", "rubric"), name="edition_is_registered_once_a_text"
                    ),
                    models.UniqueConstraint(
                        fields=("pool", "kind", "instrument", "number"), name="edition_number_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("same_as__isnull", True), ("marked_by__isnull", False), _connector="OR"),
                        name="edition_editorial_was_marked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="panel",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="panels",
                to="panels.rubricedition",
            ),
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.certification.new_certification_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uncertified", "Not certified"),
                            ("in_training", "In training"),
                            ("certified", "Certified"),
                            ("suspended", "Suspended"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="in_training",
                        max_length=12,
                    ),
                ),
                ("training_since", models.DateTimeField(help_text="Since when attempts at the test are counted.")),
                ("certified_from", models.DateField(blank=True, null=True)),
                ("certified_until", models.DateField(blank=True, null=True)),
                (
                    "sent_back_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a lead sent them back to train; empty again once certified.",
                        null=True,
                    ),
                ),
                (
                    "watched_since",
                    models.DateTimeField(blank=True, help_text="What was seen before counts no more.", null=True),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_because", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certifications",
                        to="panels.rubricedition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "status", "certified_until"], name="certification_of_edition"),
                    models.Index(fields=["status", "certified_until"], name="certification_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "edition"), name="certification_is_one_an_edition"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "certified"), _negated=True),
                            models.Q(
                                ("certified_from__isnull", False),
                                ("certified_until__isnull", False),
                                ("watched_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="certification_in_force_has_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.calibration.new_anchor_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        help_text="Under which reference the convening app keeps the work.", max_length=60
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="What lead assessors call it; readers never see it.", max_length=200),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("training", "Training"), ("unseen", "Tests, and among live work")], max_length=10
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being read by those who set its levels"),
                            ("in_use", "In use"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("truth", models.JSONField(blank=True, default=dict)),
                (
                    "set_by",
                    models.JSONField(blank=True, default=list, help_text="References of those whose levels stand."),
                ),
                (
                    "set_because",
                    models.TextField(blank=True, help_text="Why a lead assessor decided where they differed."),
                ),
                (
                    "barred_people",
                    models.JSONField(blank=True, default=list, help_text="References of people who know the work."),
                ),
                ("barred_organisations", models.JSONField(blank=True, default=list)),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("in_use_since", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_because", models.TextField(blank=True)),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="panels.anchor",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="panels.rubricedition"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "status", "use", "ref"], name="anchor_of_edition")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_use"), _negated=True),
                            ("in_use_since__isnull", False),
                            _connector="OR",
                        ),
                        name="anchor_in_use_has_a_time",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="panel",
            name="rubric",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="panels.rubrictext"
            ),
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.panels.models.certification.new_sitting_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("gate", models.JSONField(help_text="The gate as it was when the test began.")),
                ("begun_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("passed", models.BooleanField(null=True)),
                ("result", models.JSONField(blank=True, null=True)),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="panels.certification"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["closes_at"],
                        name="sitting_to_be_closed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("certification",),
                        name="sitting_under_way_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("passed__isnull", True), ("result__isnull", True)),
                            models.Q(
                                ("closed_at__isnull", False), ("passed__isnull", False), ("result__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="sitting_closed_has_a_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("setting", "Setting the levels of an anchor"),
                            ("training", "Training"),
                            ("test", "Certification test"),
                            ("seeded", "An anchor among live work"),
                            ("back_reading", "Back-reading"),
                        ],
                        max_length=12,
                    ),
                ),
                ("drawn_at", models.DateTimeField()),
                (
                    "anchor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_readings",
                        to="panels.anchor",
                    ),
                ),
                (
                    "certification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_readings",
                        to="panels.certification",
                    ),
                ),
                (
                    "read_again",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="back_reading",
                        to="panels.assignment",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "panel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_reading", to="panels.panel"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_readings",
                        to="panels.sitting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reader", "purpose", "drawn_at"], name="check_reading_of_reader"),
                    models.Index(fields=["certification", "purpose", "drawn_at"], name="check_reading_of_certificate"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anchor__isnull", True), ("purpose", "back_reading"), ("read_again__isnull", False)
                            ),
                            models.Q(
                                models.Q(("purpose", "back_reading"), _negated=True),
                                ("anchor__isnull", False),
                                ("read_again__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="check_reading_is_of_an_anchor_or_again",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("purpose__in", ["seeded", "setting"])),
                        fields=("anchor", "reader"),
                        name="check_reading_meets_an_anchor_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpokenLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="languages", to="panels.assessor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessor", "code"), name="language_of_assessor_is_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="panels.assessor"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["assessor", "ends"], name="absence_of_assessor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("begins"))), name="absence_ends_after_it_began"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("reason", models.TextField()),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="panels.assessor"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), ("organisation__isnull", True), _connector="XOR"),
                        name="conflict_is_with_a_person_or_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address", ""), _negated=True),
                        fields=("assessor", "address"),
                        name="conflict_with_person_stands_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("assessor", "organisation"),
                        name="conflict_with_place_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DriftAlarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("anchors", "Anchors among live work"),
                            ("back_readings", "Back-reading by a lead assessor"),
                            ("co_readers", "The other readers of the same work"),
                        ],
                        max_length=14,
                    ),
                ),
                ("told", models.JSONField(help_text="What rang: direction, place in the series, statistic and limit.")),
                ("rung_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("decided", models.TextField(blank=True)),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alarms", to="panels.certification"
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["certification", "rung_at"], name="alarm_of_certificate")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("looked_at__isnull", True)),
                        fields=("certification",),
                        name="alarm_open_is_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GateSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(blank=True, max_length=120)),
                ("document", models.JSONField()),
                ("set_at", models.DateTimeField(auto_now=True)),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gates",
                        to="directory.organisation",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("pool__isnull", False)),
                        fields=("state", "pool", "instrument"),
                        name="gate_is_set_once_a_pool",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pool__isnull", True)), fields=("state",), name="gate_is_set_once_a_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pool__isnull", False), ("instrument", ""), _connector="OR"),
                        name="gate_of_an_instrument_names_its_pool",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteToLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.CharField(blank=True, help_text="Empty for the reading as a whole.", max_length=40),
                ),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(blank=True, help_text="When a lead put it away as seen.", null=True)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_to_lead",
                        to="panels.assignment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["reading"],
                        name="note_to_lead_not_seen_yet",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reading", "criterion"), name="note_to_lead_stands_once_a_criterion"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("anchors", "Anchors among live work"),
                            ("back_readings", "Back-reading by a lead assessor"),
                            ("co_readers", "The other readers of the same work"),
                        ],
                        max_length=14,
                    ),
                ),
                ("criterion", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=40)),
                ("error", models.FloatField()),
                ("seen_at", models.DateTimeField()),
                (
                    "certification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="panels.certification",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="observations", to="panels.assignment"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["certification", "source", "seen_at", "id"], name="observation_in_order")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "reading", "criterion"), name="observation_is_made_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="panels.panel"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "person"), name="author_of_panel_is_named_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="panel",
            index=models.Index(
                fields=["pool", "status", "kind", "rubric", "decided_at"], name="panel_decided_by_rubric"
            ),
        ),
    ]
