import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.catalog.models.demand
import longleaf.catalog.models.draft
import longleaf.catalog.models.need
import longleaf.catalog.models.sample


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_schema"),
        ("directory", "__first__"),
        ("frameworks", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("superseded", "Superseded by a newer version"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("document", models.JSONField()),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the document in canonical JSON (RFC 8785).", max_length=64),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField()),
                ("competency", models.TextField()),
                ("effort_hours", models.DecimalField(decimal_places=1, max_digits=5)),
                ("turnaround_business_days", models.PositiveSmallIntegerField(help_text="Until a decision, at most.")),
                (
                    "review_by",
                    models.DateField(
                        blank=True, help_text="The day by which it says it is looked at again.", null=True
                    ),
                ),
                ("search_text", models.TextField(help_text="Every word that search should find, in one column.")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("standing", models.CharField(blank=True, help_text="How sure its wording is.", max_length=20)),
            ],
            options={
                "ordering": ["micro_credential", "number"],
                "indexes": [
                    models.Index(fields=["status", "title"], name="version_by_title"),
                    models.Index(fields=["status", "review_by"], name="version_by_review_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("published_at__isnull", False), _connector="OR"),
                        name="version_published_has_a_date",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MicroCredential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100)),
                ("upstream_left", models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="catalog.version",
                    ),
                ),
                ("words", models.TextField(db_column="catalog_search")),
            ],
            options={
                "db_table": "catalog_search",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("title", models.CharField(max_length=100)),
                ("colour", models.CharField(max_length=7)),
                ("icon", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="families", to="directory.state"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "title"],
                "constraints": [models.UniqueConstraint(fields=("state", "code"), name="family_code_is_unique")],
            },
        ),
        migrations.AddField(
            model_name="version",
            name="micro_credential",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalog.microcredential"
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="current",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.version"
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="micro_credentials", to="catalog.family"
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="issuer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="micro_credentials",
                to="directory.organisation",
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="state",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="micro_credentials", to="directory.state"
            ),
        ),
        migrations.AddField(
            model_name="microcredential",
            name="upstream",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adopted_as",
                to="catalog.version",
            ),
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.need.new_need_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                ("skills", models.JSONField(blank=True, default=list)),
                (
                    "sought",
                    models.CharField(blank=True, help_text="What was looked for in vain and led to it.", max_length=80),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="directory.organisation"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frameworks.frameworkitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
                "indexes": [models.Index(fields=["issuer", "-changed_at"], name="need_of_issuer")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.draft.new_draft_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("upstream_left", models.JSONField(blank=True, default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Being written"), ("published", "Published"), ("set_aside", "Set aside")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(blank=True, help_text="A copy for lists.", max_length=200)),
                ("typed", models.JSONField(default=dict)),
                ("revisions", models.JSONField(blank=True, default=dict)),
                ("skill", models.TextField(blank=True, help_text="Which skill of the need it was begun for.")),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="catalog.version",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="directory.organisation"
                    ),
                ),
                (
                    "upstream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.version",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        help_text="What it became.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="catalog.version",
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="catalog.need",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
                "indexes": [models.Index(fields=["issuer", "status", "-changed_at"], name="draft_of_issuer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), ("version__isnull", False)),
                            models.Q(models.Q(("status", "published"), _negated=True), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="draft_published_has_its_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.sample.new_sample_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("described", models.TextField(blank=True)),
                ("is_invented", models.BooleanField()),
                ("consent", models.TextField(blank=True)),
                ("found", models.JSONField(default=list)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=120)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored_as", models.CharField(max_length=200)),
                ("brought_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sample_files", to="catalog.draft"
                    ),
                ),
            ],
            options={
                "ordering": ["brought_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_invented", True),
                            models.Q(("consent", ""), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sample_file_is_invented_or_consented",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phrase", models.CharField(max_length=80)),
                ("month", models.DateField(help_text="Its first day.")),
                ("days", models.BigIntegerField(default=0)),
                ("day_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.state"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("state", "month", "phrase"), name="sought_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Stack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("standing", models.CharField(max_length=20)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stacks", to="directory.organisation"
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stacks", to="directory.state"
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "constraints": [models.UniqueConstraint(fields=("state", "slug"), name="stack_slug_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="StackMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("taken_in", models.BooleanField(default=False)),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stacks", to="catalog.microcredential"
                    ),
                ),
                (
                    "stack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="catalog.stack"
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True, help_text="From when on the stack is not complete without it.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["stack", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("stack", "micro_credential"), name="stack_member_stands_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionFacet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "facet",
                    models.CharField(
                        choices=[
                            ("role", "Role"),
                            ("grade_band", "Grade band"),
                            ("topic", "Topic"),
                            ("language", "Language"),
                            ("effort", "Effort"),
                            ("credit", "Counts toward"),
                            ("for_stack", "Proposed for a stack"),
                        ],
                        max_length=12,
                    ),
                ),
                ("value", models.CharField(max_length=100)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="catalog.version"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["facet", "value", "version"], name="version_by_facet")],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "facet", "value"), name="facet_value_stands_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.catalog.models.demand.new_wish_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "role",
                    models.CharField(blank=True, help_text="For whom, as a code of the vocabulary.", max_length=80),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "-asked_at"], name="wish_in_state"),
                    models.Index(fields=["asked_by", "-asked_at"], name="wish_of_person"),
                ],
            },
        ),
        migrations.AddField(
            model_name="need",
            name="wish",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="needs",
                to="catalog.wish",
            ),
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("standing", models.CharField(max_length=20)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="frameworks.frameworkitem",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alignments", to="catalog.version"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "item"), name="alignment_stands_once")],
            },
        ),
        migrations.CreateModel(
            name="CoAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("writes", models.BooleanField(default=True)),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="co_authors", to="catalog.draft"
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "constraints": [models.UniqueConstraint(fields=("draft", "person"), name="co_author_once_a_draft")],
            },
        ),
        migrations.CreateModel(
            name="DraftComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(help_text="Code of the part, see studio.sections.", max_length=20)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="catalog.draft"
                    ),
                ),
                (
                    "settled_by",
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
                "ordering": ["said_at", "pk"],
                "indexes": [models.Index(fields=["draft", "section", "said_at"], name="comment_on_part_of_draft")],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("micro_credential", "number"), name="version_number_is_unique"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("micro_credential",),
                name="version_published_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="microcredential",
            constraint=models.UniqueConstraint(
                fields=("state", "slug"), name="micro_credential_slug_is_unique_in_its_state"
            ),
        ),
    ]
