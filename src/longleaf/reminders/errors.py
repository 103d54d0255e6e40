"""What can go wrong with reminders.

UnusableReminderDays   422  a state's days of reminders cannot be used
"""

from __future__ import annotations

from longleaf.kit.errors import BadInput


class UnusableReminderDays(BadInput):
    """`fields` maps each kind to what is wrong with it."""

    code = "unusable-reminder-days"
