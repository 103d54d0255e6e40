"""How a page takes a badge that somebody hands over. For every app that asks for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from longleaf.engines.openbadges.issuers import is_on_the_web
from longleaf.engines.openbadges.limits import MAX_JSON_BYTES, MAX_MATERIAL_BYTES

MEGABYTE = 1024 * 1024
LONGEST_ADDRESS = 2000


def is_whole_address(text: str) -> bool:
    """Whether this could be where a badge is; what stands there is for the fetching to find out."""
    return len(text) <= LONGEST_ADDRESS and is_on_the_web(text) and not any(letter.isspace() for letter in text)


class BadgeInOneWay(forms.Form):
    """A badge in exactly one of three ways."""

    most_bytes: ClassVar[int] = MAX_MATERIAL_BYTES
    if_larger: ClassVar[str] = ", which no badge is."

    address = forms.CharField(label="Where it is", required=False, max_length=LONGEST_ADDRESS)
    file = forms.FileField(label="Its file", required=False)
    text = forms.CharField(label="Its text", required=False, max_length=MAX_JSON_BYTES)

    file.error_messages["empty"] = "This file is empty. Choose the badge's own file."
    text.error_messages["max_length"] = f"This is longer than {MAX_JSON_BYTES // MEGABYTE} MB, which no badge is."

    def clean_address(self) -> str:
        """A whole address, also where its beginning was left out."""
        typed: str = self.cleaned_data["address"]
        address = f"https://{typed}" if typed and "://" not in typed else typed
        if typed and not is_whole_address(address):
            raise forms.ValidationError("This is not an address of the web. It should begin with https://.")
        return address

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and file.size is not None and file.size > self.most_bytes:
            raise forms.ValidationError(f"This file is larger than {self.most_bytes // MEGABYTE} MB{self.if_larger}")
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
