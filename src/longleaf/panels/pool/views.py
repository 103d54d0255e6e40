"""An assessor's own page of the pools: what they told, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.panels.access import may_tell
from longleaf.panels.errors import NoSuchMember, NotInThePool
from longleaf.panels.models import PoolMember
from longleaf.panels.pool import joining, reading, telling, vocabulary
from longleaf.panels.pool.forms import AbsenceForm, ConflictForm, ProfileForm

Forms = dict[str, django_forms.Form]


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What is told of this assessor; to a lead who reads for nobody, the pools that they lead."""
    person = person_of(request)
    if may_tell(person):
        return _draw(request, {})
    pools = list(reading.pools_led_by(person))
    if not pools:
        raise NotInThePool
    return render(request, "panels/pool/pools.html", {"pools": pools})


@login_required
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST)
    return _change(request, "profile", form, telling.tell, "Saved. What is offered to you from now on follows it.")


@login_required
@require_POST
def enter_absence(request: HttpRequest) -> HttpResponse:
    done = "Entered. Nothing new is offered to you for those days."
    return _change(request, "absence", AbsenceForm(request.POST), telling.enter_absence, done)


@login_required
@require_POST
def remove_absence(request: HttpRequest) -> HttpResponse:
    telling.remove_absence(absence=_key(request), acting_person=person_of(request))
    messages.success(request, "The absence is taken away.")
    return redirect("pool:mine")


@login_required
@require_POST
def declare_conflict(request: HttpRequest) -> HttpResponse:
    done = "Declared. Their work is not offered to you. If you are reading some of it now, give it back."
    return _change(request, "conflict", ConflictForm(request.POST), telling.declare_conflict, done)


@login_required
@require_POST
def withdraw_conflict(request: HttpRequest) -> HttpResponse:
    telling.withdraw_conflict(conflict=_key(request), acting_person=person_of(request))
    messages.success(request, "The conflict is taken back.")
    return redirect("pool:mine")


@login_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Accept an invitation, refuse it, or leave."""
    person = person_of(request)
    member = PoolMember.objects.filter(pk=_key(request), assessor=person.pk).select_related("pool").first()
    if member is None:
        raise NoSuchMember
    if request.POST.get("answer") == "accept":
        joining.accept(member=member, acting_person=person)
        messages.success(request, f"Welcome. {member.pool.name} may ask you to read from now on.")
    else:
        joining.leave(member=member, acting_person=person)
        messages.success(request, f"{member.pool.name} does not ask you any more.")
    return redirect("pool:mine")


def _change(
    request: HttpRequest, name: str, form: django_forms.Form, verb: Callable[..., Any], done: str
) -> HttpResponse:
    """Call a verb with what a form gives. What was typed stays on the page where it cannot be used."""
    person = person_of(request)
    if not may_tell(person):
        raise NotInThePool
    if form.is_valid():
        try:
            verb(**form.cleaned_data, acting_person=person)
        except BadInput as refusal:
            for field, sentence in refusal.fields.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, done)
            return redirect("pool:mine")
    return _draw(request, {name: form}, status=422)


def _draw(request: HttpRequest, forms: Forms, *, status: int = 200) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    profile = reading.profile_of(person, now=now)
    told = {
        "at_a_time": profile.assessor.at_a_time,
        "a_month": profile.assessor.a_month,
        "languages": ", ".join(vocabulary.name_of_language(code) for code in profile.languages),
        "qualifications": sorted(profile.qualifications),
    }
    context = {
        "profile": profile,
        "memberships": reading.memberships_of(person),
        "confirmed": reading.confirmed_of(person),
        "leads": reading.pools_led_by(person).exists(),
        "fields": vocabulary.fields(),
        "organisations": [(each.slug, each.name) for each in directory.organisations_to_choose()],
        "profile_form": forms.get("profile", ProfileForm(initial=told)),
        "absence_form": forms.get("absence", AbsenceForm()),
        "conflict_form": forms.get("conflict", ConflictForm()),
        "now": now,
    }
    return render(request, "panels/pool/mine.html", context, status=status)


def _key(request: HttpRequest) -> int:
    return whole_number(request.POST.get("key")) or 0
