import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("directory", "0001_initial"),
        ("directory", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="LocalValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_values",
                        to="directory.organisation",
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_credits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [models.Index(fields=["person", "earned_on"], name="other_credit_of_person")],
            },
        ),
        migrations.CreateModel(
            name="PolicyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="policies", to="directory.state"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code", "digest"), name="policy_text_is_loaded_once")
                ],
            },
        ),
    ]
