import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.recognition.models.certificate
import longleaf.recognition.models.credit_list
import longleaf.recognition.models.credit_request


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_published_versions_never_change"),
        ("directory", "0001_initial"),
        ("recognition", "0010_imported_badges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, help_text="What educators are told of it.", max_length=300)),
                ("adopted_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
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
            ],
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
            ],
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("granted_kind", models.CharField(blank=True, max_length=60)),
                ("granted_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("granted_category", models.CharField(blank=True, max_length=60)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("appeal", models.TextField(blank=True)),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
                ("ruling", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="RenewalPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict)),
                ("standing", models.CharField(blank=True, max_length=20)),
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
                ("stored_as", models.CharField(max_length=100)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RequestNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_question", models.BooleanField()),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["said_at", "pk"],
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
            ],
        ),
        migrations.AddField(
            model_name="othercredit",
            name="occasion",
            field=models.CharField(
                blank=True,
                help_text="What it was recorded on, such as a line of a list; the same one only once.",
                max_length=120,
            ),
        ),
        migrations.AddConstraint(
            model_name="othercredit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("occasion", ""), _negated=True),
                fields=("occasion",),
                name="other_credit_is_recorded_once",
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="adopted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="micro_credential",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="catalog.microcredential"
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="directory.organisation"
            ),
        ),
        migrations.AddField(
            model_name="creditcertificate",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="credit_certificates",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="creditlist",
            name="handed_in_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="creditlist",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="credit_lists", to="directory.organisation"
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests_about",
                to="recognition.othercredit",
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="approved_before",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="recognition.creditrequest",
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="credit",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="came_of",
                to="recognition.othercredit",
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="educator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="credit_requests", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="credit_requests", to="directory.organisation"
            ),
        ),
        migrations.AddField(
            model_name="creditrequest",
            name="ruled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="renewalpractice",
            name="state",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="renewal_practice", to="directory.state"
            ),
        ),
        migrations.AddField(
            model_name="requestdocument",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="recognition.creditrequest"
            ),
        ),
        migrations.AddField(
            model_name="requestnote",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="recognition.creditrequest"
            ),
        ),
        migrations.AddField(
            model_name="requestnote",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unitcount",
            name="organisation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="renewal_count", to="directory.organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="adoption",
            index=models.Index(fields=["organisation", "ended_on", "adopted_on"], name="adoption_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("organisation", "micro_credential"),
                name="adoption_holds_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="creditcertificate",
            index=models.Index(fields=["person", "-stated_at"], name="credit_certificate_of_person"),
        ),
        migrations.AddConstraint(
            model_name="creditcertificate",
            constraint=models.UniqueConstraint(fields=("person", "digest"), name="credit_certificate_is_stated_once"),
        ),
        migrations.AddIndex(
            model_name="creditlist",
            index=models.Index(fields=["office", "-handed_in_at"], name="credit_list_of_office"),
        ),
        migrations.AddIndex(
            model_name="creditrequest",
            index=models.Index(fields=["office", "status", "due_on"], name="credit_request_in_queue"),
        ),
        migrations.AddIndex(
            model_name="creditrequest",
            index=models.Index(fields=["educator", "-begun_at"], name="credit_request_of_person"),
        ),
        migrations.AddIndex(
            model_name="creditrequest",
            index=models.Index(fields=["status", "due_on"], name="credit_request_by_status"),
        ),
        migrations.AddConstraint(
            model_name="creditrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "granted", "refused", "upheld"]), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="credit_request_decided_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("educator")), _negated=True),
                    _connector="OR",
                ),
                name="credit_request_is_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("due_on__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="credit_request_sent_has_its_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="unitcount",
            index=models.Index(fields=["counted_on"], name="unit_count_by_day"),
        ),
    ]
