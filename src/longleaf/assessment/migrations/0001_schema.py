import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import longleaf.assessment.models.appeal
import longleaf.assessment.models.attempt
import longleaf.assessment.models.copies
import longleaf.assessment.models.evidence
import longleaf.assessment.models.meeting
import longleaf.assessment.models.mentoring
import longleaf.assessment.models.phrase
import longleaf.assessment.models.reading_note
import longleaf.assessment.models.retention
import longleaf.assessment.models.team


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
            name="Leftover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("left_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Night",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("claimed_at", models.DateTimeField()),
                ("reached", models.BigIntegerField(default=0, help_text="Key of the attempt up to which it is done.")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "saved_from",
                    models.CharField(blank=True, help_text="The open page that saved it last.", max_length=20),
                ),
                (
                    "locked",
                    models.BooleanField(default=False, help_text="Carried over from a round in which it was met."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.attempt.new_attempt_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned incomplete"),
                            ("in_review", "In review"),
                            ("not_yet", "Not yet"),
                            ("appealed", "Appeal under way"),
                            ("demonstrated", "Demonstrated"),
                            ("withdrawn", "Withdrawn"),
                            ("sample", "Sample for assessors"),
                        ],
                        default="draft",
                        max_length=14,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "earner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="catalog.microcredential",
                    ),
                ),
                (
                    "run_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The school unit that has it judged, since it ran the pathway when it was begun.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="catalog.version"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["earner", "-changed_at"], name="attempt_of_earner"),
                    models.Index(fields=["status", "changed_at"], name="attempt_by_status"),
                    models.Index(fields=["status", "decided_at"], name="attempt_by_decision"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                frozenset(["appealed", "draft", "in_review", "not_yet", "returned", "submitted"]),
                            )
                        ),
                        fields=("earner", "micro_credential"),
                        name="attempt_under_way_is_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.meeting.new_meeting_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("met_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("said", "Waiting for the coach to confirm"),
                            ("confirmed", "Confirmed by the coach"),
                            ("not_confirmed", "Not confirmed"),
                            ("taken_back", "Taken back"),
                        ],
                        default="said",
                        max_length=14,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was not confirmed; the earner reads it.", max_length=500
                    ),
                ),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coach_meetings",
                        to="assessment.attempt",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["coach", "status", "said_at"], name="coach_meeting_to_confirm")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "said")),
                        fields=("attempt",),
                        name="coach_meeting_waits_once_an_attempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("status__in", frozenset(["confirmed", "not_confirmed", "taken_back"])),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", frozenset(["confirmed", "not_confirmed", "taken_back"])),
                                    _negated=True,
                                ),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="coach_meeting_answered_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_confirmed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="coach_meeting_not_confirmed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school_form", "Signed form on file at the school"),
                            ("guardian_form", "Form signed by a parent or guardian"),
                            ("own", "An adult’s own consent"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_on", models.DateField()),
                ("kept_where", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="assessment.attempt"
                    ),
                ),
            ],
            options={
                "ordering": ["attempt", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "number"), name="consent_number_is_one_an_attempt")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.retention.new_hold_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("until", models.DateField()),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="assessment.attempt",
                    ),
                ),
                (
                    "ended_by",
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
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ended_at", "until", "ref"], name="hold_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attempt__isnull", False), ("micro_credential__isnull", True)),
                            models.Q(("attempt__isnull", True), ("micro_credential__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_is_on_an_attempt_or_a_micro_credential",
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="hold_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_ended_has_an_ender",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LettingGo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("told_at", models.DateTimeField()),
                ("goes_on", models.DateField(help_text="Not before this day.")),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letting_go", to="assessment.attempt"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_at__isnull", True)),
                        fields=["goes_on", "attempt"],
                        name="letting_go_to_come",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "kind", "told_at"), name="letting_go_is_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.mentoring.new_mentorship_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("address", models.EmailField(help_text="As the earner gave it, in small letters.", max_length=254)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Looks at your draft"),
                            ("declined", "Said no"),
                            ("withdrawn", "You took it back"),
                            ("lapsed", "Over, because you handed in"),
                            ("ended", "Over"),
                        ],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(help_text="The latest round that the earner shows.")),
                ("requirements", models.JSONField(help_text="Codes of what the earner shows.")),
                (
                    "letter_round",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The round whose decision the earner shows, if any.", null=True
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, help_text="Since when their letter is being sent.", null=True),
                ),
                (
                    "written_at",
                    models.DateTimeField(blank=True, help_text="When the invited person was written to.", null=True),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentorships", to="assessment.attempt"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mentor", "status", "-invited_at"], name="mentorship_of_mentor"),
                    models.Index(
                        condition=models.Q(
                            ("mentor__isnull", False), ("status", "invited"), ("written_at__isnull", True)
                        ),
                        fields=["invited_at"],
                        name="mentorship_to_write",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["invited", "accepted"])),
                        fields=("attempt", "address"),
                        name="mentorship_is_one_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", frozenset(["accepted", "ended"])), _negated=True),
                            models.Q(("accepted_at__isnull", False), ("mentor__isnull", False)),
                            _connector="OR",
                        ),
                        name="mentorship_accepted_has_a_mentor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.phrase.new_phrase_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "instrument",
                    models.CharField(
                        blank=True, help_text="Code of a micro-credential; empty for any.", max_length=120
                    ),
                ),
                (
                    "criterion",
                    models.CharField(blank=True, help_text="Code of its criterion; empty for any.", max_length=40),
                ),
                ("text", models.TextField()),
                ("used", models.PositiveIntegerField(default=0, help_text="How often it was put into a comment.")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pool",
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
                "indexes": [
                    models.Index(fields=["owner", "instrument", "-used"], name="phrase_of_person_by_instrument"),
                    models.Index(fields=["pool", "instrument", "-used"], name="phrase_of_pool_by_instrument"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("owner__isnull", True), ("pool__isnull", False)),
                            models.Q(("owner__isnull", False), ("pool__isnull", True)),
                            _connector="OR",
                        ),
                        name="phrase_is_somebodys_or_a_pools",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("criterion", ""), models.Q(("instrument", ""), _negated=True), _connector="OR"
                        ),
                        name="phrase_criterion_has_its_instrument",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "The same file"),
                            ("text", "A like text"),
                            ("image", "A like image"),
                            ("used_twice", "One earner’s file, used twice"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(help_text="R1 for a text, R2-1 for a file.", max_length=60)),
                (
                    "mark",
                    models.CharField(help_text="In hex: a digest, a MinHash signature or a dHash.", max_length=1024),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.BigIntegerField(
                        help_text="Of the issuer, the kind, the number of the band and what stands in it."
                    ),
                ),
                (
                    "print",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="assessment.print"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value", "print"], name="band_by_value")],
            },
        ),
        migrations.CreateModel(
            name="ReadingNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.reading_note.new_note_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("exhibit", models.CharField(help_text="The exhibit's neutral code, such as R2-1.", max_length=60)),
                (
                    "second",
                    models.PositiveIntegerField(
                        blank=True, help_text="Seconds from the start of a recording.", null=True
                    ),
                ),
                ("page", models.PositiveIntegerField(blank=True, help_text="Page of a document, from 1.", null=True)),
                ("text", models.TextField()),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="panels.assignment"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reading", "exhibit", "second", "page"], name="reading_note_in_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("second__isnull", True), ("page__isnull", True), _connector="OR"),
                        name="reading_note_is_at_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page__isnull", True), ("page__gte", 1), _connector="OR"),
                        name="reading_note_pages_count_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Artifact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("link", models.URLField(blank=True, max_length=500)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "taken_away_at",
                    models.DateTimeField(
                        blank=True, help_text="Since when nobody sees it, at the wish of a person shown.", null=True
                    ),
                ),
                (
                    "let_go_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it is gone for good: its time was over. Its place stays.",
                        null=True,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="artifacts", to="assessment.response"
                    ),
                ),
            ],
            options={
                "ordering": ["response", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AiStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uses",
                    models.JSONField(
                        default=list, help_text="Of none, ideas, wording, images, other; none stands alone."
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("said_at", models.DateTimeField(auto_now=True)),
                (
                    "artifact",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where it is said of the text.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ai_statements",
                        to="assessment.artifact",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ai_statements",
                        to="assessment.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("artifact", None)), fields=("response",), name="ai_statement_is_one_a_text"
                    ),
                    models.UniqueConstraint(fields=("artifact",), name="ai_statement_is_one_an_artifact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Roster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                ("kept_until", models.DateField()),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster", to="assessment.attempt"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kept_until"], name="roster_until")],
            },
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "thing",
                    models.CharField(help_text="The reference of a file, or the digest of a link.", max_length=64),
                ),
                ("nobody", models.BooleanField(default=False)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shown", to="assessment.attempt"
                    ),
                ),
                ("people", models.ManyToManyField(blank=True, related_name="shown_in", to="assessment.consent")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("attempt", "thing"), name="shown_is_one_a_thing")],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.attempt.new_submission_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "met_before",
                    models.JSONField(blank=True, default=list, help_text="Criteria met in an earlier round."),
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
                    "other_work",
                    models.BooleanField(default=False, help_text="It brings other work in place of the round before."),
                ),
                (
                    "statements",
                    models.JSONField(
                        blank=True, default=dict, help_text="Privacy and integrity: the text agreed to, and when."
                    ),
                ),
                (
                    "badge_evidence",
                    models.JSONField(blank=True, default=list, help_text="Requirements that the badge may tell of."),
                ),
                (
                    "lent_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when assessors may be trained on it, without a name, by its earner's leave.",
                        null=True,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True, help_text="When the earner was told to expect the decision.", null=True
                    ),
                ),
                (
                    "promised_anew",
                    models.DateTimeField(
                        blank=True, help_text="What the earner was told when `due_at` could not be kept.", null=True
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.JSONField(blank=True, null=True)),
                (
                    "compared_at",
                    models.DateTimeField(blank=True, help_text="Since when likenesses were looked for.", null=True),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="submissions", to="assessment.attempt"
                    ),
                ),
                (
                    "panel",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="panels.panel",
                    ),
                ),
                (
                    "reread_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rereadings",
                        to="assessment.submission",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="In which it is handed in, where its micro-credential takes several.",
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["attempt", "round"],
                "indexes": [
                    models.Index(fields=["submitted_at"], name="submission_by_time"),
                    models.Index(
                        condition=models.Q(
                            ("decided_at__isnull", True), ("panel__isnull", True), ("submitted_at__isnull", False)
                        ),
                        fields=["due_at", "ref"],
                        name="submission_waiting_for_check",
                    ),
                    models.Index(
                        condition=models.Q(("compared_at__isnull", True), ("submitted_at__isnull", False)),
                        fields=["submitted_at"],
                        name="submission_to_compare",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("decided_at__isnull", True), ("reread_of__isnull", True), ("submitted_at__isnull", False)
                        ),
                        fields=["due_at"],
                        name="submission_promised",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reread_of__isnull", True)),
                        fields=("attempt", "round"),
                        name="submission_is_one_a_round",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reread_of__isnull", False)),
                        fields=("reread_of",),
                        name="submission_is_reread_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="response",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="assessment.submission"
            ),
        ),
        migrations.AddField(
            model_name="print",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="prints", to="assessment.submission"
            ),
        ),
        migrations.CreateModel(
            name="NameAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finding", models.CharField(max_length=64)),
                ("answered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_answers",
                        to="assessment.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "finding"), name="name_answer_is_one_a_finding")
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.mentoring.new_comment_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("requirement", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, help_text="Since when the letter on it is being sent.", null=True),
                ),
                (
                    "told_at",
                    models.DateTimeField(blank=True, help_text="When the earner was written to about it.", null=True),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_at",
                    models.DateTimeField(blank=True, help_text="Since when the earner is done with it.", null=True),
                ),
                (
                    "mentorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="assessment.mentorship"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_comments",
                        to="assessment.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
                "indexes": [
                    models.Index(fields=["mentorship", "submission", "written_at"], name="draft_comment_of_mentor"),
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)),
                        fields=["written_at"],
                        name="draft_comment_to_tell",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="draft_comment_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="draft_comment_answered_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.copies.new_flag_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("place", models.CharField(max_length=60)),
                ("other_place", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "The same file"),
                            ("text", "A like text"),
                            ("image", "A like image"),
                            ("used_twice", "One earner’s file, used twice"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        help_text="How alike, 1 to 100; an estimate but for the same file."
                    ),
                ),
                ("flagged_at", models.DateTimeField(auto_now_add=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coincidence", "Coincidence"),
                            ("shared", "Work that a team may share"),
                            ("serves_both", "It may serve for both"),
                            ("look_into", "To be looked into"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("found_at", models.DateTimeField(blank=True, null=True)),
                (
                    "found_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessment.submission"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_flags",
                        to="assessment.submission",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["issuer", "finding", "ref"], name="copy_flag_of_issuer")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "place", "other", "other_place", "kind"), name="copy_flag_is_one_a_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("submission", models.F("other")), _negated=True),
                        name="copy_flag_is_between_two_submissions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                        name="copy_flag_percent_from_1_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("found_at__isnull", True), ("found_by__isnull", True)),
                            models.Q(
                                models.Q(("finding", ""), _negated=True),
                                ("found_at__isnull", False),
                                ("found_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="copy_flag_finding_has_a_finder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompletenessCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("complete", models.BooleanField()),
                (
                    "missing",
                    models.JSONField(
                        blank=True, default=list, help_text="Codes of the completion indicators that were not found."
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "checker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completeness_checks",
                        to="assessment.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["checked_at"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.appeal.new_appeal_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("lodged", "Waiting to be looked at"),
                            ("reading", "Being read anew"),
                            ("not_admitted", "Not admitted"),
                            ("stands", "The decision stands"),
                            ("changed", "The decision is changed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="lodged",
                        max_length=14,
                    ),
                ),
                ("grounds", models.JSONField(help_text="Codes of `AppealGround`.")),
                ("words", models.JSONField(help_text="What the earner wrote, by criterion.")),
                ("lodged_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField(help_text="When the step that is under way is promised to be done.")),
                (
                    "promised_anew",
                    models.DateTimeField(
                        blank=True, help_text="What the earner was told when `due_at` could not be kept.", null=True
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it was not admitted; the earner reads it.")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "reread",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal_of_reread",
                        to="assessment.submission",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="assessment.submission"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["status", "due_at", "ref"], name="appeal_by_due_day"),
                    models.Index(fields=["answered_at"], name="appeal_by_answer"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="appeal_is_one_a_decision"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["reading", "stands", "changed"]), _negated=True),
                            models.Q(("looked_at_by__isnull", False), ("reread__isnull", False)),
                            _connector="OR",
                        ),
                        name="appeal_admitted_is_read_anew",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_admitted"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_not_admitted_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("status__in", frozenset(["changed", "not_admitted", "stands"])),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", frozenset(["changed", "not_admitted", "stands"])), _negated=True
                                ),
                                ("answered_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_answered_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.team.new_team_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("requirement", models.CharField(max_length=40)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("size", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.version"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("size__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("size__isnull", False)),
                            _connector="OR",
                        ),
                        name="team_closed_has_a_size",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="print",
            name="team",
            field=models.ForeignKey(
                blank=True,
                help_text="Which team made it; among its members it is no likeness.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="assessment.team",
            ),
        ),
        migrations.CreateModel(
            name="OwnPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requirement", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                ("said_at", models.DateTimeField(auto_now=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_parts",
                        to="assessment.submission",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="own_parts", to="assessment.team"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "requirement"), name="own_part_is_one_a_requirement")
                ],
            },
        ),
        migrations.AddField(
            model_name="artifact",
            name="team",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose work it is where a team made it; each member's round has a row of its own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="artifacts",
                to="assessment.team",
            ),
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.team.new_team_member_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("address", models.EmailField(help_text="As it was given, in small letters.", max_length=254)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Asked"),
                            ("joined", "Belongs to it"),
                            ("declined", "Said no"),
                            ("withdrawn", "Asked no more"),
                            ("lapsed", "Over, because one of you handed in"),
                            ("left", "Left"),
                        ],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, help_text="Since when their letter is being sent.", null=True),
                ),
                (
                    "written_at",
                    models.DateTimeField(blank=True, help_text="When the invited person was written to.", null=True),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_memberships",
                        to="assessment.attempt",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="assessment.team"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "indexes": [
                    models.Index(fields=["person", "status", "-asked_at"], name="team_member_of_person"),
                    models.Index(
                        condition=models.Q(
                            ("person__isnull", False), ("status", "invited"), ("written_at__isnull", True)
                        ),
                        fields=["asked_at"],
                        name="team_member_to_write",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["invited", "joined"])),
                        fields=("team", "address"),
                        name="team_member_is_one_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "joined"), _negated=True),
                            models.Q(("attempt__isnull", False), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="team_member_joined_is_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=longleaf.assessment.models.evidence.new_upload_reference,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("original_name", models.CharField(max_length=255)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("receiving", "Arriving"),
                            ("checking", "Being checked"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                            ("quarantine", "Not taken: a virus was found"),
                        ],
                        default="receiving",
                        max_length=10,
                    ),
                ),
                ("size", models.PositiveBigIntegerField(help_text="Bytes, as announced.")),
                ("received", models.PositiveBigIntegerField(default=0, help_text="Bytes on disk so far.")),
                (
                    "stored_as",
                    models.CharField(blank=True, help_text="Its name in storage, once it is ready.", max_length=100),
                ),
                ("media_type", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "PDF"),
                            ("office", "Office document"),
                            ("image", "Image"),
                            ("audio", "Audio"),
                            ("video", "Video"),
                            ("transcript", "Transcript"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("refusal", models.CharField(blank=True, max_length=300)),
                (
                    "taken_out",
                    models.JSONField(blank=True, default=list, help_text="Codes of what it carried and was not kept."),
                ),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "text_read_at",
                    models.DateTimeField(
                        blank=True, help_text="Since when its text is being, or was, read.", null=True
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="uploads",
                        to="assessment.response",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["status", "begun_at"], name="upload_by_status"),
                    models.Index(
                        condition=models.Q(
                            ("kind__in", ("pdf", "office")), ("status", "ready"), ("text_read_at__isnull", True)
                        ),
                        fields=["finished_at"],
                        name="upload_text_to_read",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("size"))),
                        name="upload_receives_no_more_than_announced",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Looked through"),
                            ("part", "Looked through in part"),
                            ("unreadable", "Cannot be read by software"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(auto_now_add=True)),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="file_text", to="assessment.upload"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="artifact",
            name="transcript",
            field=models.ForeignKey(
                blank=True,
                help_text="Captions (WebVTT) or the words of a recording.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tells",
                to="assessment.upload",
            ),
        ),
        migrations.AddField(
            model_name="artifact",
            name="upload",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="artifacts",
                to="assessment.upload",
            ),
        ),
        migrations.CreateModel(
            name="AppealPractice",
            fields=[
                (
                    "state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="appeal_practice",
                        serialize=False,
                        to="directory.state",
                    ),
                ),
                (
                    "smallest_told",
                    models.PositiveSmallIntegerField(
                        default=10, help_text="A published number that tells of fewer appeals is withheld."
                    ),
                ),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose leads look at an appeal in which every lead of its issuer had a part.",
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
                        condition=models.Q(("smallest_told__gte", 1)), name="appeal_practice_withholds_from_1"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                fields=("submission", "requirement"), name="response_is_one_a_requirement"
            ),
        ),
        migrations.AddConstraint(
            model_name="print",
            constraint=models.UniqueConstraint(fields=("submission", "kind", "place"), name="print_is_one_a_place"),
        ),
        migrations.AddConstraint(
            model_name="artifact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", ""), ("upload__isnull", False)),
                    models.Q(("upload__isnull", True), models.Q(("link", ""), _negated=True)),
                    models.Q(("let_go_at__isnull", False), ("link", ""), ("upload__isnull", True)),
                    _connector="OR",
                ),
                name="artifact_is_a_file_or_a_link_or_gone",
            ),
        ),
        migrations.AddConstraint(
            model_name="artifact",
            constraint=models.CheckConstraint(
                condition=models.Q(("transcript", None), ("upload__isnull", False), _connector="OR"),
                name="artifact_with_a_transcript_is_a_file",
            ),
        ),
        migrations.CreateModel(
            name="LookedThrough",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "thing",
                    models.CharField(
                        help_text="What was looked at: a file or link, and the words of it.", max_length=64
                    ),
                ),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looked_through",
                        to="assessment.attempt",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("attempt", "thing"), name="looked_through_is_one_a_thing")
                ],
            },
        ),
    ]
