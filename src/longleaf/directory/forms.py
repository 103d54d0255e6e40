"""What people enter on the page of their name and addresses."""

from __future__ import annotations

from django import forms


class AddressForm(forms.Form):
    email = forms.CharField(
        label="Another address of yours",
        max_length=254,
        error_messages={"required": "Give the address that you want to add."},
    )


class OwnAddressForm(forms.Form):
    address = forms.CharField(max_length=254, error_messages={"required": "Choose one of your verified addresses."})


class RenameForm(forms.Form):
    """What a name and a reason may be is the verb's to know."""

    name = forms.CharField(label="New name", max_length=1000, error_messages={"required": "Give the whole new name."})
    reason = forms.CharField(
        max_length=5000, error_messages={"required": "Say why the name changes. The person is told, and it is kept."}
    )
