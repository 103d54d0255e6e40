import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import longleaf.directory.models.person


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="State",
            fields=[
                ("code", models.SlugField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("time_zone", models.CharField(max_length=60)),
                (
                    "words",
                    models.JSONField(
                        blank=True, default=dict, help_text="The state's word for each thing it calls differently."
                    ),
                ),
                ("colours", models.JSONField(blank=True, default=dict)),
                (
                    "vocabulary",
                    models.JSONField(
                        blank=True, default=dict, help_text="Titles of roles, grade bands and topics, by code."
                    ),
                ),
                ("glossary", models.JSONField(blank=True, default=list)),
                ("sources", models.JSONField(blank=True, default=dict, help_text="What each source id stands for.")),
                (
                    "holidays",
                    models.JSONField(blank=True, default=list, help_text="Days on which no clock runs, as ISO dates."),
                ),
                (
                    "retention",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="How long each kind of thing is kept (`assessment.retention.rules`).",
                    ),
                ),
                (
                    "consent_forms",
                    models.JSONField(blank=True, default=list, help_text="What people sign before they are shown."),
                ),
                (
                    "model_policy",
                    models.JSONField(
                        blank=True, default=dict, help_text="What is asked of a policy, and how far this one meets it."
                    ),
                ),
                ("agency_code", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.directory.models.person.new_person_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "badge_address",
                    models.EmailField(
                        blank=True,
                        help_text=(
                            "The verified address whose hash new badges carry; empty means the one to sign in with."
                        ),
                        max_length=254,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_synthetic", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="person_email_is_unique_in_any_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "School district"),
                            ("city_district", "City school district"),
                            ("charter_school", "Charter school"),
                            ("school", "School"),
                            ("state_agency", "State agency"),
                            ("university", "University"),
                            ("association", "Association"),
                            ("nonprofit", "Nonprofit organization"),
                            ("company", "Company"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("url", models.URLField(blank=True)),
                ("county", models.CharField(blank=True, max_length=80)),
                ("region", models.CharField(blank=True, max_length=80)),
                (
                    "facts",
                    models.JSONField(
                        blank=True, default=dict, help_text="Tier, locale and the like: whatever the pack knows of it."
                    ),
                ),
                ("standing", models.CharField(max_length=20)),
                ("source_ids", models.JSONField(blank=True, default=list)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="directory.organisation",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="organisations", to="directory.state"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [models.Index(fields=["state", "kind", "name"], name="organisation_of_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("state", "code"), name="organisation_code_is_unique_in_its_state"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_is_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("educator", "Educator"),
                            ("coach", "Coach"),
                            ("designer", "Designer"),
                            ("assessor", "Assessor"),
                            ("lead_assessor", "Lead assessor"),
                            ("issuer", "Issuer"),
                            ("reviewer", "Quality reviewer"),
                            ("psu_officer", "Professional learning and licensure officer"),
                            ("state_officer", "State officer"),
                            ("researcher", "Researcher"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="directory.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "role", "until"], name="role_in_organisation"),
                    models.Index(fields=["person", "until"], name="role_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("person", "organisation", "role"),
                        name="role_is_held_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="role_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
