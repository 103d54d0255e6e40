"""What comes in on the pages of requests. A draft may lack anything; what is given must be readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from longleaf.engines import policy as engine
from longleaf.recognition.credit_requests.soundness import LONGEST, Grant
from longleaf.recognition.models import CreditRequest, OtherCredit
from longleaf.recognition.portability.status import IMPORTED_BADGE
from longleaf.recognition.records import MICRO_CREDENTIAL
from longleaf.recognition.status import RequestSort

if TYPE_CHECKING:
    from longleaf.awards.models import Award
    from longleaf.catalog.models import MicroCredential, Version

DAY = {"invalid": "Give a day, such as 2027-03-04."}
NUMBER = {
    "invalid": "Give a number, such as 12.5.",
    "min_value": "Give a number that is more than 0.",
    "max_value": "Give a number below 100,000.",
    "max_digits": "Give a number below 100,000.",
    "max_decimal_places": "Give at most two places after the point.",
    "max_whole_digits": "Give a number below 100,000.",
}
# What comes by itself, or is brought as a badge.
BADGES = frozenset({MICRO_CREDENTIAL, IMPORTED_BADGE})
CREDITS_OF_A_BADGE = "How many credits? Leave it empty where the policy says"
LISTED = {"invalid_choice": "Choose one that is listed."}


def amount_field(label: str = "How much") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(99_999),
        max_digits=7,
        decimal_places=2,
        error_messages=NUMBER,
    )


def counted_field() -> forms.DecimalField:
    return forms.DecimalField(
        label="Of what is carried over: credits that counted in the earlier cycle",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(99_999),
        max_digits=7,
        decimal_places=2,
        error_messages={**NUMBER, "min_value": "Give 0 or more credits."},
    )


def kind_choices(*found: engine.Policy | None) -> list[tuple[str, str]]:
    """The kinds of other learning that policies know, each with what it is measured in. Badges come another way."""
    kinds = {each.code: each for policy in found if policy for each in policy.kinds if each.code not in BADGES}
    return [("", "Choose one"), *((each.code, f"{each.title}, in {each.measure.plural}") for each in kinds.values())]


def category_choices(*found: engine.Policy | None) -> list[tuple[str, str]]:
    """The categories that policies know."""
    titles = {each.code: each.title for policy in found if policy for each in policy.categories}
    return [("", "None in particular"), *titles.items()]


class BadgeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the badges that somebody earned, told by its title and day."""

    def label_from_instance(self, award: Award) -> str:
        return f"{award.version.labelled_title}, {timezone.localdate(award.earned_at):%B %-d, %Y}"


# What is asked about one thing only has a page of few fields.
ABOUT = {
    RequestSort.PRIOR_APPROVAL: "micro_credential",
    RequestSort.BADGE: "badge",
    RequestSort.SIGNATURE: "signature",
}


class RequestForm(forms.Form):
    """A request as its educator writes it. `about_one` names the field of the only thing that it is about, if any."""

    sort = forms.ChoiceField(label="What do you ask for?", error_messages=LISTED)
    title = forms.CharField(max_length=200, required=False, label="What is it called?")
    kind = forms.ChoiceField(required=False, label="What kind of learning?", error_messages=LISTED)
    amount = amount_field("How much, in what its kind is measured in?")
    begins_on = forms.DateField(
        required=False, label="First day", error_messages=DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    earned_on = forms.DateField(
        required=False, label="Last day", error_messages=DAY, widget=forms.DateInput(attrs={"type": "date"})
    )
    category = forms.ChoiceField(required=False, label="Category that you wish for", error_messages=LISTED)
    about = forms.ModelChoiceField(
        OtherCredit.objects.none(), required=False, label="The credit that it is about", empty_label="None",
        error_messages=LISTED,
    )  # fmt: skip
    approved_before = forms.ModelChoiceField(
        CreditRequest.objects.none(), required=False, label="Approved before I began", empty_label="Not asked before",
        error_messages=LISTED,
    )  # fmt: skip
    micro_credential = forms.ChoiceField(required=False, label="The micro-credential", error_messages=LISTED)
    badge = BadgeField(
        None, required=False, label="The badge", empty_label="Choose one", error_messages=LISTED
    )  # fmt: skip
    signature = forms.ChoiceField(required=False, label="What is to be signed", error_messages=LISTED)
    counted_before = counted_field()
    statement = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="What should the office know?",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What you did and learned, and why it should count. Name no students.",
    )

    def __init__(
        self,
        *args: Any,
        policy: engine.Policy | None,
        credits: Any,
        approvals: Any,
        badges: Any,
        ahead: Mapping[str, Version],
        sort: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ahead, self.asked_sort = ahead, sort
        is_about_one = sort in {RequestSort.BADGE, RequestSort.SIGNATURE} or (
            sort == RequestSort.PRIOR_APPROVAL and bool(ahead)
        )
        self.about_one = ABOUT[RequestSort(sort)] if is_about_one else ""
        self.fields["sort"].choices = _sorts(sort if is_about_one else "")  # type: ignore[attr-defined]
        offered = [(slug, version.labelled_title) for slug, version in ahead.items()]
        self.fields["micro_credential"].choices = [("", "None"), *offered]  # type: ignore[attr-defined]
        self.fields["badge"].queryset = badges  # type: ignore[attr-defined]
        self.fields["signature"].choices = signature_choices(policy)  # type: ignore[attr-defined]
        if sort == RequestSort.BADGE:
            self.fields["amount"].label = CREDITS_OF_A_BADGE
        self.fields["kind"].choices = kind_choices(policy)  # type: ignore[attr-defined]
        self.fields["category"].choices = category_choices(policy)  # type: ignore[attr-defined]
        self.fields["about"].queryset = credits  # type: ignore[attr-defined]
        self.fields["approved_before"].queryset = approvals  # type: ignore[attr-defined]

    def clean_micro_credential(self) -> MicroCredential | None:
        version = self.ahead.get(self.cleaned_data["micro_credential"])
        return version.micro_credential if version else None


def _sorts(only: str) -> list[tuple[str, str]]:
    """The sort that a page is for, or all those that share one page."""
    apart = {RequestSort.BADGE, RequestSort.SIGNATURE}
    shown = [RequestSort(only)] if only else [each for each in RequestSort if each not in apart]
    return [(each.value, each.label) for each in shown]


def signature_choices(policy: engine.Policy | None) -> list[tuple[str, str]]:
    """What the policy asks somebody to sign."""
    return [("", "Choose one"), *(engine.signatures_in(policy).items() if policy else ())]


class DecisionForm(forms.Form):
    """What an officer decides: why, and what is approved."""

    kind = forms.ChoiceField(required=False, label="Kind", error_messages=LISTED)
    amount = amount_field()
    category = forms.ChoiceField(required=False, label="Category", error_messages=LISTED)
    counted_before = counted_field()
    reason = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="Why, or what you ask",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The educator reads it.",
    )

    def __init__(self, *args: Any, policy: engine.Policy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(policy)  # type: ignore[attr-defined]
        self.fields["category"].choices = category_choices(policy)  # type: ignore[attr-defined]

    @property
    def grant(self) -> Grant:
        chosen = self.cleaned_data
        return Grant(chosen["kind"], chosen["amount"], chosen["category"], chosen["counted_before"])


class ListForm(forms.Form):
    """One workshop or course, and a file or lines of those who took part."""

    office = forms.ChoiceField(label="School unit", error_messages=LISTED)
    title = forms.CharField(
        max_length=200, label="What was it called?", error_messages={"required": "Say what it was called."}
    )
    kind = forms.ChoiceField(label="Kind", error_messages={**LISTED, "required": "Choose what kind it was."})
    amount = forms.DecimalField(
        label="How much for each",
        min_value=Decimal("0.01"),
        max_value=Decimal(99_999),
        max_digits=7,
        decimal_places=2,
        error_messages={**NUMBER, "required": "Give how much of it each takes home, such as 6."},
    )
    earned_on = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={**DAY, "required": "Say on which day it ended."},
    )
    category = forms.ChoiceField(required=False, label="Category", error_messages=LISTED)
    file = forms.FileField(
        required=False,
        label="List of those who took part (CSV)",
        help_text="Columns: person (address or reference); amount and name where they differ or are to be checked.",
    )
    people = forms.CharField(
        required=False,
        label="Or their addresses, one to a line",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        *args: Any,
        policies: Sequence[engine.Policy | None],
        offices: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices(*policies)  # type: ignore[attr-defined]
        self.fields["category"].choices = category_choices(*policies)  # type: ignore[attr-defined]
