"""What people enter on the pages of badges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from longleaf.awards.keys import compromises
from longleaf.awards.revoking import LONGEST_REASON
from longleaf.awards.status import Visibility
from longleaf.engines.openbadges.limits import MAX_JSON_BYTES, MAX_MATERIAL_BYTES

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
MEGABYTE = 1024 * 1024


class VerifyForm(forms.Form):
    """Exactly one of three: the badge as text, as a file, or where it is."""

    text = forms.CharField(label="Its text", required=False, strip=True, max_length=MAX_JSON_BYTES)
    file = forms.FileField(label="Its file", required=False, allow_empty_file=False)
    address = forms.CharField(label="Where it is", required=False, max_length=2000)

    text.error_messages["max_length"] = f"This is longer than {MAX_JSON_BYTES // MEGABYTE} MB, which no badge is."
    file.error_messages["empty"] = "This file is empty. Choose the badge's own file."

    def clean_address(self) -> str:
        """Give a whole address; what stands at it is for the fetching to find out."""
        typed: str = self.cleaned_data["address"]
        address = f"https://{typed}" if typed and "://" not in typed else typed
        if typed and not ADDRESS.fullmatch(address):
            raise forms.ValidationError("This is not an address of the web. It should begin with https://.")
        return address

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and file.size is not None and file.size > MAX_MATERIAL_BYTES:
            raise forms.ValidationError(
                f"This file is larger than {MAX_MATERIAL_BYTES // MEGABYTE} MB, which no badge is."
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("text", "file", "address") if cleaned.get(name)]
        if len(given) > 1:
            for name in given:
                self.add_error(name, "Give the badge in one way only, and leave the others empty.")
        if not given and not self.errors:
            self.add_error("address", "Give the badge in one of the three ways.")
        return cleaned

    @property
    def handed_over(self) -> dict[str, Any]:
        """The material, or the address where it is."""
        text, file, address = (self.cleaned_data[name] for name in ("text", "file", "address"))
        return {"address": address} if address else {"material": text or file.read()}


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
