"""What is kept to protect the people who appear in evidence, and what an earner says of how it was made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.models.evidence import Artifact, Response, Upload
from longleaf.assessment.status import AiUse, ConsentKind, TextState


class Roster(models.Model):
    """The names that must not appear in an attempt's evidence. The door is `assessment.privacy.roster`.

    Personal data: pupils' names, sealed; only the earner's own pages open them. They go when the attempt is decided or
    withdrawn, and at the latest when `kept_until` has come.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="roster")
    sealed = models.BinaryField()
    kept_until = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kept_until"], name="roster_until")]

    def __str__(self) -> str:
        return f"roster of {self.attempt_id}"


class NameAnswer(models.Model):
    """An earner's word that something found is not a name where it stands. The door is `assessment.privacy.looking`.

    Personal data: none. `finding` is a keyed digest of the place and of the words around it.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="name_answers")
    finding = models.CharField(max_length=64)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "finding"], name="name_answer_is_one_a_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.finding[:8]}"


class FileText(models.Model):
    """The text of a PDF or office file, or what is said in a recording by its transcript.

    It is kept so that it can be searched as often as the list of names changes. Personal data: whatever stands in it.
    It is read by its owner's pages and by the comparison, and goes with the file.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="file_text")
    state = models.CharField(max_length=10, choices=TextState.choices)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.state}"


class Consent(models.Model):
    """The consent of one person shown: a neutral number, never a name. The door is `assessment.privacy.consent`.

    Personal data: where a form lies. Only the earner sees that; it is kept with the evidence and goes by the
    clock of `consents`.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="consents")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    given_on = models.DateField()
    kept_where = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["attempt", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "number"], name="consent_number_is_one_an_attempt"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"Student {self.number}"


class Shown(models.Model):
    """Whom a file or link shows. It is known by what it is and not by its row, so that later rounds need not say again.

    `nobody` says that nobody can be recognised, and then no consent is needed. Personal data: none.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="shown")
    thing = models.CharField(max_length=64, help_text="The reference of a file, or the digest of a link.")
    nobody = models.BooleanField(default=False)
    people = models.ManyToManyField(Consent, related_name="shown_in", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "thing"], name="shown_is_one_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.thing[:12]}"


class LookedThrough(models.Model):
    """An earner's word that no name can be read or heard in what software cannot look into, or not wholly.

    Known by what it is, as `Shown` is, so that later rounds need not say it again. The door is
    `assessment.privacy.looked`. Personal data: none.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="looked_through")
    thing = models.CharField(max_length=64, help_text="What was looked at: a file or link, and the words of it.")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "thing"], name="looked_through_is_one_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.thing[:12]}"


class AiStatement(models.Model):
    """What an earner says was used for one file or link, or for the text of a requirement, and for what.

    The door is `assessment.privacy.ai_use`. Personal data: whatever an earner writes; assessors see it without the
    name. It goes by the clock of `texts`, and with its artifact where the earner takes that away.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="ai_statements")
    artifact = models.ForeignKey(
        Artifact,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ai_statements",
        help_text="Empty where it is said of the text.",
    )
    uses = models.JSONField(default=list, help_text=f"Of {', '.join(AiUse.values)}; none stands alone.")
    words = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response"], condition=models.Q(artifact=None), name="ai_statement_is_one_a_text"
            ),
            models.UniqueConstraint(fields=["artifact"], name="ai_statement_is_one_an_artifact"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.artifact_id or 'text'}"

    @property
    def in_words(self) -> str:
        """As it is shown: for what, and the earner's words."""
        told = ", ".join(str(AiUse(use).label) for use in self.uses)
        return f"{told}: {self.words}" if self.words else told
