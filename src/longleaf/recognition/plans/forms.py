"""What comes in on the pages of a plan: the plan, its outcomes and measures line by line, and a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from longleaf.recognition.lines import Lines
from longleaf.recognition.plans.document import MOST_MEASURES, MOST_OUTCOMES, Measure, Outcome, PlanText

Choices = Sequence[tuple[str, str]]
A_DAY = {"required": "Choose a day.", "invalid": "Give a day, such as 2027-07-01."}


class PlanForm(forms.Form):
    """Whom a plan covers, from when until when, and which requirements it sets aside."""

    title = forms.CharField(label="Name of the plan", max_length=200)
    first = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"}), error_messages=A_DAY,
        help_text="After the state's decision: a plan is approved before it starts.",
    )  # fmt: skip
    until = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}), error_messages=A_DAY)
    roles = forms.MultipleChoiceField(
        label="Which licenses it covers", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="By the role that a license is used in. None chosen means all.",
    )  # fmt: skip
    schools = forms.MultipleChoiceField(
        label="Where", required=False, widget=forms.CheckboxSelectMultiple, help_text="None chosen means everywhere."
    )
    sets_aside = forms.MultipleChoiceField(
        label="Requirements that it sets aside", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
        help_text="What is not chosen is asked for in credits as before.",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Choices, schools: Choices, categories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("roles", roles), ("schools", schools), ("sets_aside", categories)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """One outcome in place of hours; a line that is left empty says nothing."""

    title = forms.CharField(label="What is shown", max_length=200)
    at_least = forms.IntegerField(label="How many micro-credentials, at least", min_value=1, max_value=50)
    accepts = forms.CharField(
        label="Which ones count", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Their titles, each on its own line. Empty: any micro-credential.",
    )  # fmt: skip

    def outcome(self, slugs_by_title: Mapping[str, str]) -> Outcome:
        """What was typed; a title that nothing is called stays as it is, and is refused by that name."""
        lines = [line.strip() for line in self.cleaned_data["accepts"].splitlines() if line.strip()]
        accepts = tuple(dict.fromkeys(slugs_by_title.get(line.casefold(), line) for line in lines))
        return Outcome(self.cleaned_data["title"].strip(), self.cleaned_data["at_least"], accepts)


class MeasureForm(forms.Form):
    """One measure; a line that is left empty says nothing. Its code stays once it has one, so that figures stay its."""

    code = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=40)
    title = forms.CharField(label="What is measured", max_length=200)
    target = forms.DecimalField(label="Target", required=False, max_digits=9, decimal_places=2)
    unit = forms.CharField(label="Unit", required=False, max_length=40, help_text="Such as % or points.")

    def measure(self, number: int) -> Measure:
        given = self.cleaned_data
        code = given["code"] or f"{slugify(given['title'])[:36].strip('-') or 'measure'}-{number}"
        return Measure(code, given["title"].strip(), given["target"], given["unit"].strip())


OutcomeForms = forms.formset_factory(
    OutcomeForm, formset=Lines, extra=1, max_num=MOST_OUTCOMES, absolute_max=MOST_OUTCOMES
)
MeasureForms = forms.formset_factory(
    MeasureForm, formset=Lines, extra=1, max_num=MOST_MEASURES, absolute_max=MOST_MEASURES
)


def initial_of(text: PlanText | None, titles: Mapping[str, str]) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """What the three forms begin with: the plan, its outcomes, its measures."""
    if text is None:
        return {}, [], []
    plan = {name: getattr(text, name) for name in ("title", "first", "until", "roles", "schools", "sets_aside")}
    outcomes = [
        {
            "title": each.title,
            "at_least": each.at_least,
            "accepts": "\n".join(titles.get(slug, slug) for slug in each.accepts),
        }
        for each in text.outcomes
    ]
    measures = [
        {"code": each.code, "title": each.title, "target": each.target, "unit": each.unit} for each in text.measures
    ]
    return plan, outcomes, measures


class FigureForm(forms.Form):
    """What a measure came to in a year."""

    measure = forms.ChoiceField(label="Measure")
    year = forms.IntegerField(label="Year in which it ended", min_value=1990, max_value=2200)
    value = forms.DecimalField(label="Figure", max_digits=9, decimal_places=2)
    note = forms.CharField(label="What it rests on", required=False, max_length=300)

    def __init__(self, *args: Any, measures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = measures  # type: ignore[attr-defined]
