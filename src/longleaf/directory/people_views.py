"""Pages for administrators on the people of their organisations: who they are, and what badges call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.directory import access, queries, renaming
from longleaf.directory.errors import NoSuchPerson
from longleaf.directory.forms import RenameForm
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of

if TYPE_CHECKING:
    from longleaf.directory.models import Person

BAD_INPUT = 422
PEOPLE_ON_A_PAGE = 25
LONGEST_SEARCH = 200


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The people of the organisations in which whoever is signed in is an administrator; `?q=` looks for some."""
    wanted = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    found = access.people_renamed_by(person_of(request))
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(email__iexact=wanted))
    page: Page[Person] = page_of(found, parameters=request.GET, size=PEOPLE_ON_A_PAGE)
    is_administrator = queries.holds(person_of(request), Role.ADMINISTRATOR)
    context = {"page": page, "wanted": wanted, "is_administrator": is_administrator}
    return render(request, "directory/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an administrator changes somebody's name, and says why."""
    person = access.people_renamed_by(person_of(request)).filter(ref=ref).first()
    if person is None:
        raise NoSuchPerson
    form = RenameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            renamed = renaming.rename(person=person, **form.cleaned_data, acting_person=person_of(request))
        except BadInput as problem:
            for name, sentence in problem.fields.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, f"{person.name} is {renamed.name} from now on. The person is told.")
            return redirect("people:listed")
    context = {"form": form, "holder": person, "longest_reason": renaming.LONGEST_REASON}
    return render(request, "directory/rename.html", context, status=BAD_INPUT if form.errors else 200)
