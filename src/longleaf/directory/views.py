"""A person's own page: the name and the addresses that badges know them by. Each view calls one verb and renders."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.directory import addressing, queries
from longleaf.directory.errors import UnusableAddress, WrittenToTooOften
from longleaf.directory.forms import AddressForm, OwnAddressForm
from longleaf.directory.signed_in import person_of

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The page; what is posted is a further address, to which a link is mailed."""
    person, form = person_of(request), AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            email = addressing.send_link(person=person, email=form.cleaned_data["email"], acting_person=person)
        except (UnusableAddress, WrittenToTooOften) as problem:
            form.add_error("email", problem.sentence)
        else:
            messages.success(request, f"A link is on its way to {email}. Open it while you are signed in here.")
            return redirect("directory:profile")
    context = {
        "holder": person,
        "addresses": queries.verified_addresses(person),
        "chosen": queries.badge_address(person),
        "form": form,
        "renaming": queries.latest_renaming(person),
    }
    return render(request, "directory/profile.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Where a mailed link leads. Only the button verifies: mail programs open links by themselves."""
    person = person_of(request)
    address = addressing.address_of(key, acting_person=person)
    if request.method == "POST":
        addressing.verify(key=key, acting_person=person)
        messages.success(request, f"{address} is verified.")
        return redirect("directory:profile")
    return render(request, "directory/verify_address.html", {"address": address})


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    person, form = person_of(request), OwnAddressForm(request.POST)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    addressing.choose_for_badges(person=person, address=address, acting_person=person)
    messages.success(
        request, f"New badges will know you by {address}. Badges that you have keep theirs until reissued."
    )
    return redirect("directory:profile")


@login_required
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    person, form = person_of(request), OwnAddressForm(request.POST)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    addressing.remove(person=person, address=address, acting_person=person)
    messages.success(request, f"{address} is removed.")
    return redirect("directory:profile")
