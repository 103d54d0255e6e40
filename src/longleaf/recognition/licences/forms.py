"""What comes in on the pages of licences."""

from __future__ import annotations

from typing import Any

from django import forms

from longleaf.engines import policy as engine
from longleaf.recognition.credit_requests.soundness import LONGEST
from longleaf.recognition.licences.facts import LicenceFacts, scores_of
from longleaf.recognition.licences.reading import areas_in, scores_in, scores_typed
from longleaf.recognition.models import Licence

DAY = {"invalid": "Give a day, such as 2027-03-04."}
LISTED = {"invalid_choice": "Choose one that is listed."}


def _day(label: str, missing: str = "", hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(missing),
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={**DAY, "required": missing},
    )


class LicenceForm(forms.Form):
    """One licence of one person, entered or brought up to date."""

    kind = forms.ChoiceField(label="Kind", error_messages={**LISTED, "required": "Choose the kind of license."})
    role = forms.ChoiceField(
        label="Role that it is used for", error_messages={**LISTED, "required": "Choose the role that it is used for."}
    )
    issued = _day("First day of its period", "Give the first day of its period.")
    expires = _day("Last day", "Give the last day on which it holds.")
    areas = forms.CharField(
        required=False, max_length=1_000, label="Areas", help_text="As the policy names them, with a bar | between."
    )
    scores = forms.CharField(
        required=False,
        max_length=1_000,
        label="Exam scores",
        help_text="exam=score/qualifying, such as 5081=157/160, with a bar | between; the standard error may follow.",
    )
    ended_on = _day("Ended early on", hint="Only where it ended before its last day.")

    def __init__(self, *args: Any, policy: engine.Policy | None, licence: Licence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(licence) if licence else None, **kwargs})
        kinds = [(it.code, it.title) for it in policy.licence_types] if policy else []
        roles = [(it.code, it.title) for it in policy.roles] if policy else []
        self.fields["kind"].choices = [("", "Choose one"), *kinds]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "Choose one"), *roles]  # type: ignore[attr-defined]

    def clean_scores(self) -> dict[str, engine.Score]:
        try:
            return scores_in(self.cleaned_data["scores"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong).partition(": ")[2]) from None

    @property
    def facts(self) -> LicenceFacts:
        """What was said. Everything stands in the form, so what is empty is empty."""
        told = self.cleaned_data
        return LicenceFacts(
            kind=told["kind"],
            role=told["role"],
            issued=told["issued"],
            expires=told["expires"],
            areas=areas_in(told["areas"]),
            scores=told["scores"],
            ended_on=told["ended_on"],
            is_open_again=told["ended_on"] is None,
        )


def _initial(licence: Licence) -> dict[str, Any]:
    return {
        "kind": licence.kind,
        "role": licence.role,
        "issued": licence.issued,
        "expires": licence.expires,
        "areas": " | ".join(licence.areas),
        "scores": scores_typed(scores_of(licence.scores)),
        "ended_on": licence.ended_on,
    }


class FileForm(forms.Form):
    """A file of licences for one of the offices of whoever hands it in."""

    office = forms.ChoiceField(label="For", error_messages=LISTED)
    file = forms.FileField(
        label="File of licenses (CSV)",
        help_text="Columns: person, kind, role, issued, expires; where known areas, scores, ended_on and name.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty. Choose another."},
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class WrongForm(forms.Form):
    """What a holder says is wrong with what is on record."""

    text = forms.CharField(
        label="What is wrong?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what it should be, and where that can be seen. Give no license number.",
        error_messages={"required": "Say what is wrong, and what it should be."},
    )
