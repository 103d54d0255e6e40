"""What is entered on the pages of whoever leads a pool, read into clean values. No verb is called from here."""

from __future__ import annotations

from typing import Any

from django import forms

from longleaf.panels.errors import UnusablePeriod
from longleaf.panels.leading.workload import Period

DAY = {"required": "Give a day.", "invalid": "Give a day that the calendar has."}


class PeriodForm(forms.Form):
    """The first and the last day of a period; `cleaned_data["period"]` holds it."""

    begins = forms.DateField(error_messages=DAY)
    ends = forms.DateField(error_messages=DAY)

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data
        if "begins" in days and "ends" in days:
            try:
                days["period"] = Period(days["begins"], days["ends"])
            except UnusablePeriod as unusable:
                self.add_error("ends", unusable.sentence)
        return days
