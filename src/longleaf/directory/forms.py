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
    """What the name and the reason may be is the verb's to know."""

    name = forms.CharField(required=False, max_length=1000)
    reason = forms.CharField(required=False, max_length=5000)
