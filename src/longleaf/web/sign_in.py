"""How django-allauth is used: no open sign-up, and pages in our own words."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by `directory.enrolling.enrol`, so that a role comes with them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
