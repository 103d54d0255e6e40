"""What educators ask their school unit to decide."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.status import DECIDED, RequestSort, RequestStatus


def new_request_reference() -> str:
    return new_reference("CRQ")


class CreditRequest(models.Model):
    """A request of an educator to the licensure office of their school unit, and what was decided.

    The doors are `recognition.credit_requests`. Personal data: what somebody took part in and what they wrote of it.
    Kept with the person's record; a draft goes when it is withdrawn.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_request_reference, editable=False)
    educator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="credit_requests")
    office = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="credit_requests")
    sort = models.CharField(max_length=16, choices=RequestSort.choices)
    kind = models.CharField(max_length=60, blank=True, help_text="The policy's code for the kind of credit.")
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    earned_on = models.DateField(null=True, blank=True, help_text="The last day, on which it counts as earned.")
    category = models.CharField(max_length=60, blank=True, help_text="The category wished for, by the policy's code.")
    counted_before = models.DecimalField(
        max_digits=7, decimal_places=2, null=True, blank=True, help_text="Of what is carried over: credits used before."
    )
    statement = models.TextField(blank=True)
    about = models.ForeignKey(
        "recognition.OtherCredit", null=True, blank=True, on_delete=models.PROTECT, related_name="requests_about"
    )
    approved_before = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    micro_credential = models.ForeignKey(
        "catalog.MicroCredential",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What is to be approved before it is begun, where that is a micro-credential.",
    )
    badge = models.ForeignKey(
        "awards.Award",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The badge that is to be approved or to count for a category.",
    )
    signature = models.CharField(max_length=60, blank=True, help_text="What is to be signed, by the policy's code.")
    status = models.CharField(max_length=12, choices=RequestStatus.choices, default=RequestStatus.DRAFT)
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="By when the office answers, or the appeal is ruled on.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    granted_at = models.DateTimeField(
        null=True, blank=True, help_text="When something was first granted, by the office or on appeal."
    )
    granted_kind = models.CharField(max_length=60, blank=True)
    granted_amount = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    granted_category = models.CharField(max_length=60, blank=True)
    granted_counted_before = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    credit = models.OneToOneField(
        "recognition.OtherCredit", null=True, blank=True, on_delete=models.PROTECT, related_name="came_of"
    )
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ruling = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status__in=sorted(DECIDED))
                | (models.Q(decided_at__isnull=False) & ~models.Q(reason="")),
                name="credit_request_decided_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[RequestStatus.APPROVED, RequestStatus.GRANTED])
                | models.Q(granted_at__isnull=False),
                name="credit_request_granted_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("educator")),
                name="credit_request_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[RequestStatus.DRAFT, RequestStatus.WITHDRAWN])
                | models.Q(sent_at__isnull=False, due_on__isnull=False),
                name="credit_request_sent_has_its_clock",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "status", "due_on"], name="credit_request_in_queue"),
            models.Index(fields=["educator", "-begun_at"], name="credit_request_of_person"),
            models.Index(fields=["status", "due_on"], name="credit_request_by_status"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_as_asked(self) -> bool:
        """Whether what was approved is what was asked for."""
        if self.sort == RequestSort.CARRIED_OVER and self.granted_counted_before != self.counted_before:
            return False
        return (self.granted_kind, self.granted_amount, self.granted_category) == (
            self.kind,
            self.amount,
            self.category,
        )

    @property
    def is_measured(self) -> bool:
        """Whether it says how much of which kind: of what was done or is to be done, unless that is a badge of ours."""
        is_ahead = self.sort == RequestSort.PRIOR_APPROVAL and self.micro_credential_id is None
        return is_ahead or self.records_credit

    @property
    def records_credit(self) -> bool:
        """Whether an approval puts a new credit on record: what was done, or is carried over and not on record yet."""
        return self.sort == RequestSort.CREDIT or (self.sort == RequestSort.CARRIED_OVER and self.about_id is None)


class RequestNote(models.Model):
    """A question of the office, or the educator's answer, in the order in which they were said.

    Personal data: what was written. Goes with the request.
    """

    request = models.ForeignKey(CreditRequest, on_delete=models.CASCADE, related_name="notes")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_question = models.BooleanField()
    text = models.TextField()
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.text[:40]}"


class RequestDocument(models.Model):
    """A file that an educator brings with a request, such as a certificate of attendance or a transcript.

    The doors are `recognition.credit_requests.documents` and `.letting_go`. Personal data: whatever the file holds.
    The file goes so long after the request is over as the state says (`documents_kept_days`); that there was one, its
    name and its digest stay with the request.
    """

    request = models.ForeignKey(CreditRequest, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100, blank=True, help_text="Empty once the file was let go.")
    added_at = models.DateTimeField(auto_now_add=True)
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(let_go_at__isnull=True) | models.Q(stored_as=""),
                name="request_document_let_go_has_no_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["added_at"], condition=models.Q(let_go_at__isnull=True), name="request_document_kept_since"
            ),
        ]

    def __str__(self) -> str:
        return self.name
