"""What comes in on the pages of rewards."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from longleaf.recognition.rewards import money
from longleaf.recognition.rewards.status import FundingKind, RewardKind

DAY = {"required": "Give a day.", "invalid": "Give a day, such as 2027-03-04."}
NUMBER = {
    "required": "Give an amount in dollars, such as 500.",
    "invalid": "Give a number, such as 500.",
    "min_value": "Give 0 or more.",
    "max_value": "This is more than can be entered.",
    "max_digits": "This is more than can be entered.",
    "max_whole_digits": "This is more than can be entered.",
    "max_decimal_places": "Give at most two places after the point.",
}
LISTED = {"required": "Choose one.", "invalid_choice": "Choose one that is listed."}


def day_field(label: str, **facts: Any) -> forms.DateField:
    return forms.DateField(label=label, error_messages=DAY, widget=forms.DateInput(attrs={"type": "date"}), **facts)


def _amount(label: str, *, most: Decimal, **facts: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=most, decimal_places=2, error_messages=NUMBER, **facts
    )


class FundingForm(forms.Form):
    name = forms.CharField(
        max_length=120,
        label="Name of the money",
        help_text="As your budget calls it, such as Title II, Part A.",
        error_messages={"required": "Name the money as your budget does."},
    )
    kind = forms.ChoiceField(choices=FundingKind.choices, label="Where it comes from", error_messages=LISTED)
    fiscal_year = forms.CharField(
        max_length=9, label="Fiscal year", error_messages={"required": "Say for which fiscal year, such as 2026-27."}
    )
    budget = _amount("Budget in dollars", most=money.MOST_BUDGET)


class OfferForm(forms.Form):
    """An offer as its officer writes it; `offered` micro-credentials, `schools` and `sources` are those to choose."""

    kind = forms.ChoiceField(choices=RewardKind.choices, label="What kind of reward", error_messages=LISTED)
    title = forms.CharField(
        max_length=160,
        label="Title",
        help_text="As educators read it, such as Stipend for literacy leaders.",
        error_messages={"required": "Give it a title."},
    )
    amount = _amount("Dollars for each educator", most=money.MOST_AT_ONCE, required=False)
    funding = forms.ChoiceField(required=False, label="Paid from", error_messages=LISTED)
    what = forms.CharField(
        max_length=200,
        required=False,
        label="The lane, the role, or what else is given",
        help_text="Leave it empty for a stipend.",
    )
    hours = _amount("Hours of time", most=Decimal(2_000), required=False)
    micro_credentials = forms.MultipleChoiceField(
        label="For which micro-credentials",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=LISTED,
    )
    stacks = forms.MultipleChoiceField(
        required=False,
        label="For which whole stacks",
        widget=forms.CheckboxSelectMultiple,
        help_text="A stack counts as one, when all of its micro-credentials are earned.",
        error_messages=LISTED,
    )
    needed = forms.IntegerField(
        required=False,
        min_value=1,
        label="How many of them",
        help_text="Leave it empty for all that you have chosen; 1 is any of them.",
        error_messages={"invalid": "Give a whole number.", "min_value": "Give at least 1."},
    )
    schools = forms.MultipleChoiceField(
        required=False,
        label="Only in these schools",
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none for all schools.",
        error_messages=LISTED,
    )
    licence_role = forms.ChoiceField(required=False, label="For educators licensed as", error_messages=LISTED)
    result = forms.ChoiceField(
        required=False,
        label="And what of the policy is reached",
        help_text="A result or a step of a ladder of pay, by the educator’s own ledger.",
        error_messages=LISTED,
    )
    conditions = forms.CharField(
        required=False,
        max_length=2_000,
        label="Conditions, in words",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What else has to be true. Whoever asks is promised exactly these words.",
    )
    valid_from = day_field("Open from")
    valid_until = day_field("Open through")
    earn_by = day_field(
        "Earned by", help_text="The badge has to be dated this day at the latest. Leave time for the decision."
    )
    cap = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label="How many educators at most",
        help_text="Leave it empty where only the money limits it.",
        error_messages={"invalid": "Give a whole number.", "min_value": "Give at least 1."},
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[str, str]],
        schools: Sequence[tuple[str, str]],
        sources: Sequence[tuple[str, str]],
        roles: Sequence[tuple[str, str]],
        stacks: Sequence[tuple[str, str]],
        results: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["micro_credentials"].choices = list(offered)  # type: ignore[attr-defined]
        self.fields["schools"].choices = list(schools)  # type: ignore[attr-defined]
        self.fields["funding"].choices = [("", "No money is needed"), *sources]  # type: ignore[attr-defined]
        self.fields["licence_role"].choices = [("", "Any role"), *roles]  # type: ignore[attr-defined]
        self.fields["stacks"].choices = list(stacks)  # type: ignore[attr-defined]
        self.fields["result"].choices = [("", "Nothing else"), *results]  # type: ignore[attr-defined]
        if not stacks:
            del self.fields["stacks"]
        if not results:
            del self.fields["result"]
        if not schools:
            del self.fields["schools"]
        if not roles:
            del self.fields["licence_role"]
