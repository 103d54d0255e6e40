"""What is published, by one's own organisations and by others: go on from it, adopt it, offer it no more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.catalog import queries as catalog
from longleaf.catalog.errors import MayNotDesign
from longleaf.catalog.facets import Asked
from longleaf.catalog.studio import drafting, going_public, queries, stacking
from longleaf.catalog.studio.portfolio_views import issuer_for
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.paging import page_of

PAGE_SIZE = 20


@require_GET
@login_required
def published(request: HttpRequest) -> HttpResponse:
    """What somebody's organisations have published, with a search."""
    person, words = person_of(request), request.GET.get("q", "").strip()[:100]
    context = {
        "searched": words,
        "page": page_of(queries.published_by(person, words), parameters=request.GET, size=PAGE_SIZE),
        "designs": directory.places_where(person, Role.DESIGNER),
        "publishes": directory.places_where(person, Role.ISSUER),
    }
    return render(request, "catalog/studio/published.html", context)


@require_GET
@login_required
def adoptable(request: HttpRequest) -> HttpResponse:
    """What other organisations offer, to be adopted, with the search of the catalog."""
    person = person_of(request)
    designed_for = list(queries.designed_for(person))
    if not designed_for:
        raise MayNotDesign("Only designers adopt, for their organizations.")
    asked = Asked(words=Asked.of(request.GET).words)
    found = catalog.listed(asked).exclude(micro_credential__issuer__in=designed_for)
    context = {
        "searched": asked.words,
        "page": page_of(found, parameters=request.GET, size=PAGE_SIZE),
        "designed_for": designed_for,
    }
    return render(request, "catalog/studio/adoptable.html", context)


@require_POST
@login_required
def begin_next(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of the next version of what an organisation offers, holding what the present one says."""
    draft = drafting.begin_next(version=catalog.bare_version(slug), acting_person=person_of(request))
    comes_for_changes = request.POST.get("from") == "upstream"
    return redirect("studio:upstream" if comes_for_changes else "studio:draft", ref=draft.ref)


@require_POST
@login_required
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of one's own that begins with what another organisation offers."""
    draft = drafting.adopt(
        version=catalog.bare_version(slug),
        issuer=issuer_for(request),
        acting_person=person_of(request),
    )
    return redirect("studio:draft", ref=draft.ref)


@require_http_methods(["GET", "POST"])
@login_required
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once more, and then offers a micro-credential no more."""
    version = catalog.bare_version(slug)
    going_public.require_officer(version, acting_person=person_of(request))
    if request.method == "POST":
        going_public.retire(version=version, acting_person=person_of(request))
        messages.success(request, f"{version} is offered no more.")
        return redirect("studio:portfolio")
    return render(request, "catalog/studio/retire.html", {"version": version})


@require_POST
@login_required
def take_into_stack(request: HttpRequest) -> HttpResponse:
    """Take what a designer proposed into a stack of one's own."""
    member = stacking.take_in(
        stack_slug=request.POST.get("stack", ""),
        micro_credential_slug=request.POST.get("micro_credential", ""),
        acting_person=person_of(request),
    )
    messages.success(request, f"It is part of {member.stack} now.")
    return redirect("studio:portfolio")
