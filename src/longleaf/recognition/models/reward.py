"""Rewards: where their money comes from, what is offered, what was promised, and what was paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.rewards.status import OVER, FundingKind, PromiseStatus, RewardKind


def new_offer_reference() -> str:
    return new_reference("RWD")


def new_promise_reference() -> str:
    return new_reference("PRM")


class FundingSource(models.Model):
    """Money of a unit or of the state for one fiscal year. Doors: `recognition.rewards.funding` and `.promising`.

    `committed` is the sum of what is promised, due and paid from it. It is changed under a lock together with the
    promises, and the database lets it never exceed the budget. Personal data: none.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="funding_sources")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=FundingKind.choices)
    fiscal_year = models.CharField(max_length=9, help_text="As the payer writes it, such as 2026-27.")
    budget = models.DecimalField(max_digits=12, decimal_places=2)
    committed = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(committed__gte=0, committed__lte=models.F("budget")),
                name="funding_source_is_never_overdrawn",
            ),
            models.UniqueConstraint(fields=["organisation", "name", "fiscal_year"], name="funding_source_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.fiscal_year}"

    @property
    def free(self) -> Decimal:
        return self.budget - self.committed


class RewardOffer(models.Model):
    """What is given to whoever earns certain micro-credentials. Door: `recognition.rewards.offering`.

    It is never edited, only ended, so whatever was promised under it can be read off it. `taken` counts promises that
    hold, under a lock. An offer of the agency is for the educators of all units. Personal data: who offered it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_offer_reference, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="reward_offers")
    kind = models.CharField(max_length=16, choices=RewardKind.choices)
    title = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0), help_text="In US dollars.")
    what = models.CharField(max_length=200, blank=True, help_text="The lane, the role, or what else is given.")
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    micro_credentials = models.ManyToManyField("catalog.MicroCredential", related_name="reward_offers")
    stacks = models.ManyToManyField("catalog.Stack", blank=True, related_name="reward_offers")
    asks = models.JSONField(
        help_text="The stacks with their pieces, and the single micro-credentials, of the day it was made."
    )
    needed = models.PositiveSmallIntegerField(help_text="How many of the stacks and micro-credentials must be earned.")
    result = models.CharField(
        max_length=200, blank=True, help_text="What of the policy must be reached: a result, or a step of a ladder."
    )
    schools = models.ManyToManyField(
        "directory.Organisation", blank=True, related_name="+", help_text="None means all of the unit."
    )
    licence_role = models.CharField(max_length=60, blank=True, help_text="The role on the license; none means all.")
    conditions = models.TextField(blank=True)
    funding = models.ForeignKey(
        FundingSource, null=True, blank=True, on_delete=models.PROTECT, related_name="reward_offers"
    )
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="The last day on which it may be asked for.")
    earn_by = models.DateField()
    cap = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    offered_at = models.DateTimeField(auto_now_add=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(cap__isnull=True) | models.Q(taken__lte=models.F("cap")),
                name="reward_offer_keeps_its_cap",
            ),
            models.CheckConstraint(
                condition=models.Q(amount=0, funding__isnull=True) | models.Q(amount__gt=0, funding__isnull=False),
                name="reward_offer_with_money_has_its_source",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_until"), valid_until__lte=models.F("earn_by")),
                name="reward_offer_days_are_in_order",
            ),
            models.CheckConstraint(condition=models.Q(needed__gte=1), name="reward_offer_asks_for_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-offered_at"], name="reward_offer_of_payer"),
            models.Index(fields=["valid_until", "valid_from"], name="reward_offer_by_day"),
        ]

    def __str__(self) -> str:
        return self.ref


class RewardPromise(models.Model):
    """What an educator was promised, in the terms of that day. Doors: `recognition.rewards` and its verbs.

    `unit` and `licence_role` are those of that day too, so that one can see later who gets rewards. Personal data: that
    somebody asked, and what became of it. Kept as long as the payer keeps its payments; like an award it stays with
    whoever moves or leaves.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_promise_reference, editable=False)
    offer = models.ForeignKey(RewardOffer, on_delete=models.PROTECT, related_name="promises")
    educator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reward_promises")
    unit = models.ForeignKey("directory.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    licence_role = models.CharField(max_length=60, blank=True)
    terms = models.JSONField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    paid = models.DecimalField(
        max_digits=9, decimal_places=2, default=Decimal(0), help_text="The sum of the lines of its payments."
    )
    funding = models.ForeignKey(
        FundingSource, null=True, blank=True, on_delete=models.PROTECT, related_name="reward_promises"
    )
    earn_by = models.DateField()
    status = models.CharField(max_length=10, choices=PromiseStatus.choices, default=PromiseStatus.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    promised_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="The day on which it was earned.")
    over_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "educator"],
                condition=~models.Q(status__in=sorted(OVER)),
                name="reward_is_promised_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="reward_promise_takes_nothing"),
            models.CheckConstraint(
                condition=models.Q(paid__gte=0, paid__lte=models.F("amount")), name="reward_promise_pays_no_more"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=PromiseStatus.PAID) | models.Q(paid=models.F("amount")),
                name="reward_promise_paid_is_paid_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["educator", "-asked_at"], name="reward_promise_of_person"),
            models.Index(fields=["offer", "status", "due_on"], name="reward_promise_of_offer"),
            models.Index(fields=["funding", "status", "asked_at"], name="reward_promise_of_funding"),
            models.Index(fields=["status", "earn_by"], name="reward_promise_by_status"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def left(self) -> Decimal:
        """What is still to be paid once it is due."""
        return self.amount - self.paid


class RewardPayment(models.Model):
    """A line of the ledger of payments: money, all or a part, a thing that was given, or a reversal. Door:
    `rewards.paying`.

    A line is never changed. The database refuses a second reversal of the same line. Personal data: what somebody was
    paid. Kept as long as the payer must keep it.
    """

    promise = models.ForeignKey(RewardPromise, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    paid_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True, help_text="Of the payroll, such as a batch.")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=True, amount__gte=0)
                | (models.Q(reverses__isnull=False, amount__lte=0) & ~models.Q(reason="")),
                name="reward_payment_or_reversal_with_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["promise", "recorded_at"], name="reward_payment_of_promise")]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A payment is never changed; reverse it with a line of its own.")
        super().save(*args, **kwargs)
