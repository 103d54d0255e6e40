"""What organisations state of issuers and of versions, signed."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SUBJECT = models.Q(
    models.Q(("organisation__isnull", True), ("version__isnull", False)),
    models.Q(("organisation__isnull", False), ("version__isnull", True)),
    _connector="OR",
)
SIGNED = models.Q(
    ("status", "queued"),
    models.Q(("credential__isnull", False), ("issued_at__isnull", False), ("status_index__isnull", False)),
    _connector="OR",
)
SAYS_WHEN = models.Q(
    models.Q(("status", "ended"), _negated=True),
    ("ends_at__isnull", False),
    _connector="OR",
)


def to(model: str, name: str, **options: bool) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0002_custody_and_compromise"),
        ("catalog", "0001_initial"),
        ("directory", "0001_initial"),
    ]

    operations = [
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
                ("endorser", to("directory.organisation", "endorsements_made")),
                ("organisation", to("directory.organisation", "endorsements", blank=True, null=True)),
                ("status_list", to("awards.statuslist", "endorsements", blank=True, null=True)),
                ("version", to("catalog.version", "endorsements", blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["version", "status"], name="endorsement_of_version"),
                    models.Index(fields=["organisation", "status"], name="endorsement_of_organisation"),
                    models.Index(fields=["status", "ends_at"], name="endorsement_to_do"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=ONE_SUBJECT, name="endorsement_has_one_subject"),
                    models.UniqueConstraint(
                        fields=("status_list", "status_index"), name="endorsement_status_index_is_unique"
                    ),
                    models.CheckConstraint(condition=SIGNED, name="endorsement_issued_is_signed"),
                    models.CheckConstraint(condition=SAYS_WHEN, name="endorsement_ended_says_when"),
                ],
            },
        ),
    ]
