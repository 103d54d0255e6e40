import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.awards.models.bulk_award
import longleaf.awards.models.status_list


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_schema"),
        ("directory", "0001_schema"),
        ("directory", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("occasion", models.CharField(max_length=80, unique=True)),
                (
                    "earner_name",
                    models.CharField(help_text="The name on the badge, as it was on the day.", max_length=200),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("queued", "Being issued"), ("issued", "Issued"), ("revoked", "Revoked")],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Anybody, and it may be listed"),
                            ("link", "Whoever has the link"),
                            ("private", "Only me"),
                        ],
                        default="link",
                        max_length=10,
                    ),
                ),
                ("earned_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.JSONField(
                        blank=True, default=dict, help_text="Result per criterion, number of readers, blind or not."
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True, default=list, help_text="Only the pieces that the earner lets the badge tell of."
                    ),
                ),
                (
                    "credential",
                    models.JSONField(blank=True, help_text="The signed document, as it is served.", null=True),
                ),
                ("status_index", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reissued_at",
                    models.DateTimeField(blank=True, help_text="When what it tells was last changed.", null=True),
                ),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, help_text="A worker is signing it until then.", null=True),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revocation_reason", models.TextField(blank=True)),
                (
                    "earner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards_issued",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="catalog.version"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["earner", "-earned_at"], name="award_of_earner"),
                    models.Index(fields=["issuer", "-earned_at"], name="award_of_issuer"),
                    models.Index(fields=["status", "leased_until"], name="award_to_sign"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "queued"),
                            models.Q(
                                ("credential__isnull", False),
                                ("issued_at__isnull", False),
                                ("status_index__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="award_issued_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "revoked"), _negated=True),
                            models.Q(("revoked_at__isnull", False), models.Q(("revocation_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="award_revoked_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.awards.models.bulk_award.new_bulk_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("judged", models.TextField()),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(help_text="SHA-256 of the file as it came.", max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checked", "Checked, not confirmed yet"),
                            ("confirmed", "Being awarded"),
                            ("done", "Finished"),
                            ("discarded", "Discarded"),
                        ],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_awards",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_awards", to="catalog.version"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["issuer", "-handed_in_at"], name="bulk_award_of_issuer"),
                    models.Index(fields=["status", "confirmed_at"], name="bulk_award_to_work_on"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["confirmed", "done"]), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="bulk_award_at_work_is_confirmed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("named", models.CharField(blank=True, help_text="Address or reference, as typed.", max_length=254)),
                ("earned_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("problem", "To mend"),
                            ("awarded", "Awarded"),
                            ("skipped", "Not awarded"),
                        ],
                        default="ready",
                        max_length=10,
                    ),
                ),
                (
                    "problems",
                    models.JSONField(blank=True, default=list, help_text="A list of column, code and sentence."),
                ),
                (
                    "claim",
                    models.UUIDField(blank=True, help_text="Whose turn it is, until the lease runs out.", null=True),
                ),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                (
                    "award",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.award",
                    ),
                ),
                (
                    "bulk_award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="awards.bulkaward"
                    ),
                ),
                (
                    "person",
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
                "ordering": ["bulk_award", "number"],
                "indexes": [
                    models.Index(fields=["bulk_award", "status", "number"], name="bulk_row_by_status"),
                    models.Index(fields=["claim"], name="bulk_row_by_claim"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("bulk_award", "number"), name="bulk_row_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "awarded"), _negated=True), ("award__isnull", False), _connector="OR"
                        ),
                        name="bulk_row_awarded_has_an_award",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(("earned_on__isnull", False), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="bulk_row_ready_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["problem", "skipped"]), _negated=True),
                            models.Q(("problems", []), _negated=True),
                            _connector="OR",
                        ),
                        name="bulk_row_left_out_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuingKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_multibase", models.CharField(max_length=80, unique=True)),
                (
                    "custody",
                    models.CharField(help_text="The dotted path of what made it and signs with it.", max_length=200),
                ),
                ("handle", models.BinaryField(help_text="For keys in our own custody: the private half, sealed.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Signs new badges"),
                            ("retired", "Signs nothing new; what it signed stays valid"),
                            ("compromised", "Believed no more; what it signed is signed anew"),
                        ],
                        default="active",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "compromised_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="From when on nothing signed with it is believed, whenever it says it was.",
                        null=True,
                    ),
                ),
                ("compromise_reason", models.TextField(blank=True)),
                ("signed_anew_through", models.BigIntegerField(default=0)),
                ("signed_anew_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issuing_keys",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "active")),
                        fields=("organisation",),
                        name="issuing_key_active_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("compromised_since__isnull", False),
                                ("status", "compromised"),
                                models.Q(("compromise_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "compromised"), _negated=True), ("compromised_since__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="issuing_key_compromised_says_since_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("purpose", models.CharField(default="revocation", max_length=20)),
                ("next_slot", models.PositiveIntegerField(default=0)),
                ("scatter_seed", models.BinaryField(default=longleaf.awards.models.status_list.new_scatter_seed)),
                ("changed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "credential",
                    models.JSONField(
                        blank=True, help_text="The signed list, as served until a bit changes.", null=True
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_lists",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "purpose"], name="status_list_of_issuer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_slot__lte", 131072)), name="status_list_is_not_overfull"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("occasion", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("comment", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("queued", "Being signed"), ("issued", "Signed"), ("ended", "Withdrawn")],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "credential",
                    models.JSONField(blank=True, help_text="The signed document, as it is served.", null=True),
                ),
                ("status_index", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "endorser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements_made",
                        to="directory.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="catalog.version",
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="awards.statuslist",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "status"], name="endorsement_of_version"),
                    models.Index(fields=["organisation", "status"], name="endorsement_of_organisation"),
                    models.Index(fields=["status", "ends_at"], name="endorsement_to_do"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("version__isnull", False)),
                            models.Q(("organisation__isnull", False), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="endorsement_has_one_subject",
                    ),
                    models.UniqueConstraint(
                        fields=("status_list", "status_index"), name="endorsement_status_index_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "queued"),
                            models.Q(
                                ("credential__isnull", False),
                                ("issued_at__isnull", False),
                                ("status_index__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="endorsement_issued_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ended"), _negated=True), ("ends_at__isnull", False), _connector="OR"
                        ),
                        name="endorsement_ended_says_when",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="award",
            name="status_list",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="awards.statuslist",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                fields=("status_list", "status_index"), name="award_status_index_is_unique"
            ),
        ),
    ]
