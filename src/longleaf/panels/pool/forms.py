"""What is entered on the pages of a pool, read into clean values. No verb is called from here."""

from __future__ import annotations

from typing import Any

from django import forms

from longleaf.directory import queries as directory
from longleaf.panels.errors import UnknownLanguage
from longleaf.panels.pool import vocabulary

WHOLE = {"required": "Give a whole number.", "invalid": "Give a whole number."}
DAY = {"required": "Give a day.", "invalid": "Give a day that the calendar has."}


class ProfileForm(forms.Form):
    """How much somebody reads, in which languages, and what they know about."""

    at_a_time = forms.IntegerField(error_messages=WHOLE)
    a_month = forms.IntegerField(error_messages=WHOLE)
    languages = forms.CharField(max_length=500, error_messages={"required": "Name at least one language."})
    qualifications = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "“%(value)s” cannot be chosen any more. Choose again."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualifications"].choices = list(vocabulary.titles().items())  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        try:
            return vocabulary.codes_of_languages(self.cleaned_data["languages"])
        except UnknownLanguage as unknown:
            raise forms.ValidationError(unknown.sentence) from None


class AbsenceForm(forms.Form):
    begins = forms.DateField(error_messages=DAY)
    ends = forms.DateField(error_messages=DAY)


class ConflictForm(forms.Form):
    """With a person, by address, or with an organisation, by slug."""

    address = forms.CharField(required=False, max_length=254)
    organisation = forms.CharField(required=False, max_length=80)
    reason = forms.CharField(required=False)

    def clean_organisation(self) -> Any:
        slug = self.cleaned_data["organisation"]
        found = directory.organisations_to_choose().filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError("This organization is not in the list any more. Choose again.")
        return found


class InviteForm(forms.Form):
    address = forms.CharField(max_length=254, error_messages={"required": "Give the address of whom you invite."})
