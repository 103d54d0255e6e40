"""What comes in on the pages of recognition."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms


class ValueForm(forms.Form):
    """The value of one micro-credential that is `offered`, or of all, at one school unit."""

    micro_credential = forms.ChoiceField(
        required=False,
        label="Micro-credential",
        error_messages={"invalid_choice": "This micro-credential is not offered now. Choose one that is listed."},
    )
    way = forms.ChoiceField(
        label="How it is counted",
        choices=[("fixed", "A fixed number of credits"), ("hourly", "So many credits for each hour of effort")],
        widget=forms.RadioSelect,
        initial="fixed",
    )
    credits = forms.DecimalField(
        label="Credits",
        min_value=Decimal(0),
        max_value=Decimal(20),
        max_digits=6,
        decimal_places=4,
        error_messages={
            "required": "Say how many credits, such as 1.5.",
            "invalid": "Give a number, such as 1.5.",
            "min_value": "Give 0 or more credits.",
            "max_value": "Give at most 20 credits.",
            "max_decimal_places": "Give at most four places after the point.",
            "max_digits": "Give at most 20 credits, with at most four places after the point.",
        },
    )
    valid_from = forms.DateField(
        label="For what is earned from",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Say from which day the value holds.",
            "invalid": "Give a day, such as 2027-03-04.",
        },
    )
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="A sentence. It is shown on every ledger that this value touches.",
        error_messages={
            "required": "Say in a sentence why the value is what it is.",
            "max_length": "Say it in at most 300 characters.",
        },
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["micro_credential"].choices = [("", "All micro-credentials"), *offered]  # type: ignore[attr-defined]
