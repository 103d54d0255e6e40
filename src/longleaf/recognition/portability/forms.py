"""What comes in on the pages of badges from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from longleaf.awards.handing_over import BadgeInOneWay
from longleaf.recognition.portability.bringing import MOST_BYTES
from longleaf.recognition.portability.deciding import Remember
from longleaf.recognition.portability.holding import LONGEST_TEXT
from longleaf.recognition.portability.status import MOST_CREDITS, Ruling

if TYPE_CHECKING:
    pass

PROPOSE, ALONE = "propose", "alone"


class BringForm(BadgeInOneWay):
    """What is brought is kept, so it is smaller than what is only verified."""

    most_bytes = MOST_BYTES
    if_larger = ". Bring it as JSON or as a smaller picture."


class DecisionForm(forms.Form):
    """What a recognizer decides. Only what belongs to the chosen ruling is looked at."""

    ruling = forms.ChoiceField(
        label="Your decision",
        choices=[
            (Ruling.ACCEPTED, "Accept it"),
            (Ruling.REFUSED, "Do not accept it"),
            (Ruling.ASKED, "Ask its earner something first"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    micro_credential = forms.ChoiceField(
        label="It stands for a micro-credential of the register",
        required=False,
        error_messages={"invalid_choice": "This micro-credential is not offered now. Choose one that is listed."},
    )
    amount = forms.DecimalField(
        label="Or by itself it is worth, in credits",
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(MOST_CREDITS),
        max_digits=5,
        decimal_places=2,
        error_messages={
            "invalid": "Give a number, such as 1.5.",
            "min_value": "Give more than 0 credits.",
            "max_value": f"Give at most {MOST_CREDITS} credits.",
            "max_decimal_places": "Give at most two places after the point.",
            "max_digits": f"Give at most {MOST_CREDITS} credits, with at most two places after the point.",
        },
    )
    categories = forms.MultipleChoiceField(
        label="Categories that you record it for", required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label="Topics", required=False, widget=forms.CheckboxSelectMultiple)
    alignments = forms.CharField(
        label="Standards of the state that it serves",
        required=False,
        max_length=300,
        help_text="Their codes, with commas between them.",
    )
    reason = forms.CharField(
        label="Why, or what you ask",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Its earner reads it.",
        error_messages={
            "required": "Say why, or what you ask. Its earner reads it.",
            "max_length": f"Say it in at most {LONGEST_TEXT} characters.",
        },
    )
    remember = forms.ChoiceField(
        label="Later badges like this one",
        required=False,
        choices=[
            ("", "Look at each anew"),
            (PROPOSE, "Propose this decision; somebody still looks at each"),
            (ALONE, "Decide them by this decision at once, where they verify and name their earner"),
        ],
        widget=forms.RadioSelect,
        initial="",
    )
    valid_until = forms.DateField(
        label="Remember it until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Give a day, such as 2027-03-04."},
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
        topics: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["micro_credential"].choices = [("", "None of them"), *offered]  # type: ignore[attr-defined]
        self.fields["categories"].choices = list(categories)  # type: ignore[attr-defined]
        self.fields["topics"].choices = list(topics)  # type: ignore[attr-defined]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of standards that were typed."""
        return tuple(code.strip() for code in self.cleaned_data["alignments"].split(",") if code.strip())

    @property
    def to_remember(self) -> Remember | None:
        kind = self.cleaned_data["remember"]
        return Remember(decides_alone=kind == ALONE, valid_until=self.cleaned_data["valid_until"]) if kind else None
