"""What comes in on the pages of a policy."""

from __future__ import annotations

from django import forms


class PublishForm(forms.Form):
    """From which day, and why. The verb says what is wrong with them, so that there is one place that knows."""

    in_force_from = forms.DateField(
        label="In force from",
        help_text="The policy is in force from this day by itself. Until then it can be withdrawn.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": "Choose a day, such as 2027-07-01."},
    )
    reason = forms.CharField(
        label="Why, and who decided it",
        help_text="Such as the rule and the meeting of the board. It stands in the history and the journal for ever.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )


class WhyForm(forms.Form):
    """A reason for giving a proposal back, or for withdrawing what was published."""

    why = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=4000)
