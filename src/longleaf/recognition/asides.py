"""What recognition adds to the page of a micro-credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.numbers import whole_number
from longleaf.recognition import adopting, ledgers, policies
from longleaf.recognition.licences import holding

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def in_other_states(request: HttpRequest, version: Version) -> str:
    """Where to see what other states would give for it; nothing where none of their policies is known here."""
    known = len(policies.policies_elsewhere())
    context = {"known": known, "version": version}
    return render_to_string("recognition/portability/states_aside.html", context, request) if known else ""


def worth_to_me(request: HttpRequest, version: Version) -> str:
    """What this micro-credential would be worth to whoever is reading; for a visitor, how to find out. Nothing for
    those who come for their office and have no license here."""
    worth, adopted, chosen = None, None, None
    if request.user.is_authenticated:
        today = timezone.localdate()
        chosen = holding.licence_chosen(request.user, whole_number(request.GET.get("licence")), on=today)
        worth = ledgers.worth_to(request.user, version, on=today, licence=chosen)
        if worth.licence is None and not directory.holds(request.user, Role.EDUCATOR):
            return ""
        adopted = adopting.adoption_of(version.micro_credential_id, by=directory.employer_of(request.user))
    policy = policies.renewal_policy() if worth else None
    unit = policy.unit if policy else None
    context = {"worth": worth, "adopted": adopted, "version": version, "unit": unit, "chosen": chosen}
    return render_to_string("recognition/worth_aside.html", context, request)
