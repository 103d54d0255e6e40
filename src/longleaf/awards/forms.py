"""What people enter on the pages of badges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from longleaf.awards.keys import compromises
from longleaf.awards.revoking import LONGEST_REASON
from longleaf.awards.status import Visibility

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


class RevokeForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={"required": "Say why the badge is revoked. Whoever looks at it will read your reason."},
    )


class BulkForm(forms.Form):
    """What is awarded to whom: a file, or people typed one to a line."""

    version = forms.ChoiceField(
        label="Micro-credential and version",
        error_messages={
            "required": "Choose what these people have earned.",
            "invalid_choice": "Choose one of the versions that your organizations have published.",
        },
    )
    judged = forms.CharField(
        label="How the work was judged",
        max_length=5000,
        error_messages={"required": "Say who judged the work, by what and when. Every badge will repeat it."},
    )
    day = forms.DateField(
        label="Earned on",
        required=False,
        error_messages={"invalid": "This is no day. Choose one, or write it as 2026-05-29."},
    )
    file = forms.FileField(label="The list as a file", required=False, allow_empty_file=False)
    people = forms.CharField(label="The people, one to a line", required=False, max_length=200_000)

    file.error_messages["empty"] = "This file is empty. Choose the list."

    def __init__(self, *args: Any, versions: Sequence[Version], **options: Any) -> None:
        super().__init__(*args, **options)
        self._versions = {str(version.uuid): version for version in versions}
        self.fields["version"].choices = [(uuid, str(each)) for uuid, each in self._versions.items()]  # type: ignore[attr-defined]

    def clean_version(self) -> Version:
        return self._versions[self.cleaned_data["version"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("file", "people") if cleaned.get(name)]
        if len(given) > 1:
            self.add_error("people", "Give the people either as a file or here, not both.")
        if not given and not {"file", "people"} & set(self.errors):
            self.add_error("file", "Choose a file, or name the people below.")
        return cleaned


class ContentsForm(forms.Form):
    """What a badge shall tell. Which pieces and addresses there are is the verb's to know."""

    current_name = forms.BooleanField(required=False)
    address = forms.CharField(required=False, max_length=254)
    consent = forms.BooleanField(required=False)
    pieces = forms.CharField(required=False, max_length=200)


class CompromiseForm(forms.Form):
    since = forms.DateField(
        label="Since when",
        error_messages={
            "required": "Give the first day on which somebody else may have had the key.",
            "invalid": "Give a day, such as 2027-03-04.",
        },
    )
    reason = forms.CharField(
        label="How it came to light",
        max_length=compromises.LONGEST_REASON,
        error_messages={"required": "Say how it came to light. It is kept in the journal."},
    )


class SharingForm(forms.Form):
    visibility = forms.ChoiceField(
        label="Who may open its page",
        choices=Visibility.choices,
        error_messages={
            "required": "Choose one of the three ways to share a badge.",
            "invalid_choice": "Choose one of the three ways to share a badge.",
        },
    )
