"""What somebody was reminded of, how they want to be told, and when it was last looked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """One thing of which one person was told. It is told again on a later one of its days, or when its day changes.

    Personal data: what somebody is asked to do, by reference; no name of anybody else. Goes half a year after the
    matter is settled. The one door is `reminders.reminding`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80, help_text="The reference of what it is about.")
    due_on = models.DateField()
    day = models.SmallIntegerField(help_text="Which of its days was told last, in business days from the day due.")
    says = models.CharField(max_length=400)
    link = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="Since when it waits no more.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "about"], name="reminder_is_one_a_matter"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "due_on", "about"],
                condition=models.Q(settled_at__isnull=True),
                name="reminder_open_of_person",
            ),
            models.Index(fields=["settled_at"], name="reminder_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class HowToTell(models.Model):
    """How somebody wants to be reminded; without a row, by mail. Personal data: that wish.

    The doors are `reminders.choosing` and `reminders.mailing`.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="how_to_tell"
    )
    by_mail = models.BooleanField(default=True)
    mailed_on = models.DateField(null=True, blank=True, help_text="The day of the latest mail: there is one a day.")

    def __str__(self) -> str:
        return f"{self.person_id}: {'mail' if self.by_mail else 'page'}"


class ReminderDays(models.Model):
    """What a state sets otherwise than the sources of reminders do. Personal data: none.

    The one door is `reminders.ruling.set_days`.
    """

    state = models.OneToOneField(
        "directory.State", primary_key=True, on_delete=models.CASCADE, related_name="reminder_days"
    )
    kinds = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"days of reminders in {self.state_id}"


class Round(models.Model):
    """When all clocks were last looked at, in one row: whichever worker moves it looks. Personal data: none."""

    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"looked at {self.looked_at}"
