"""What comes in on the page of a unit's own rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from longleaf.engines import policy as engine
from longleaf.recognition.lines import Lines
from longleaf.recognition.local_rules.setting import MOST_CREDITS, MOST_OF_A_SORT, Asked, AskedCap, AskedPart

CREDITS: dict[str, Any] = {
    "min_value": Decimal("0.01"),
    "max_value": MOST_CREDITS,
    "max_digits": 5,
    "decimal_places": 2,
}


class PartForm(forms.Form):
    """One thing that is asked on top; a line that is left empty asks nothing."""

    title = forms.CharField(label="What you ask for", max_length=80, help_text="Its name on ledgers.")
    credits = forms.DecimalField(label="How much of it", **CREDITS)
    takes = forms.ChoiceField(label="What counts for it")
    roles = forms.MultipleChoiceField(
        label="Of whom", required=False, widget=forms.CheckboxSelectMultiple, help_text="None chosen means everybody."
    )

    def __init__(self, *args: Any, policy: engine.Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["takes"].choices = [(each.rule.id, each.rule.title) for each in policy.eligibility]  # type: ignore[attr-defined]
        self.fields["roles"].choices = [(each.code, each.title) for each in policy.roles]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        # The first choice of a select is always sent along; by itself it asks for nothing.
        return bool(set(self.changed_data) - {"takes"})

    def part(self) -> AskedPart:
        return AskedPart(**{**self.cleaned_data, "roles": tuple(self.cleaned_data["roles"])})


class CapForm(forms.Form):
    """One limit; a line without a number is none."""

    kind = forms.ChoiceField(label="Kind of learning")
    at_most = forms.DecimalField(label="Count at most", **CREDITS)
    per = forms.ChoiceField(label="In a", choices=[("cycle", "Cycle"), ("year", "Year")])

    def __init__(self, *args: Any, policy: engine.Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each.code, each.title) for each in policy.kinds]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        return "at_most" in self.changed_data

    def cap(self) -> AskedCap:
        return AskedCap(**self.cleaned_data)


class RulesForm(forms.Form):
    """What is asked beforehand, and why the whole is asked."""

    beforehand = forms.MultipleChoiceField(
        label="What you approve before it begins",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Credits of these kinds count with you only where you approved them beforehand.",
    )
    reason = forms.CharField(
        label="Why", max_length=300, help_text="A sentence. It is shown on every ledger that these rules touch."
    )

    def __init__(self, *args: Any, policy: engine.Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beforehand"].choices = [(each.code, each.title) for each in policy.kinds]  # type: ignore[attr-defined]


PartForms = forms.formset_factory(PartForm, formset=Lines, extra=1, max_num=MOST_OF_A_SORT, absolute_max=MOST_OF_A_SORT)
CapForms = forms.formset_factory(CapForm, formset=Lines, extra=1, max_num=MOST_OF_A_SORT, absolute_max=MOST_OF_A_SORT)


class WholeForm:
    """The three forms of the page, bound together; they begin with what the unit asks now."""

    def __init__(self, typed: Any, asked: Asked, policy: engine.Policy) -> None:
        given = {"policy": policy}
        parts = [vars(each) for each in asked.parts]
        caps = [vars(each) for each in asked.caps]
        self.rules = RulesForm(typed, policy=policy, initial={"beforehand": asked.beforehand})
        # What is typed stands for itself: a line that was there and is empty now is asked no more.
        self.parts = PartForms(typed, prefix="parts", initial=parts if typed is None else None, form_kwargs=given)
        self.caps = CapForms(typed, prefix="caps", initial=caps if typed is None else None, form_kwargs=given)

    @property
    def is_valid(self) -> bool:
        return all([self.rules.is_valid(), self.parts.is_valid(), self.caps.is_valid()])

    def asked(self) -> Asked:
        return Asked(
            parts=tuple(form.part() for form in self.parts if form.has_changed()),
            caps=tuple(form.cap() for form in self.caps if form.has_changed()),
            beforehand=tuple(self.rules.cleaned_data["beforehand"]),
        )

    def tell(self, fields: dict[str, str]) -> None:
        for field, sentence in fields.items():
            self.rules.add_error(field if field in self.rules.fields else None, sentence)
