"""Pages and files of the register. Anybody may read them; nobody signs in for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory.queries import holds
from longleaf.directory.status import Role
from longleaf.kit import keeping
from longleaf.kit.alike import alike_for_visitors
from longleaf.kit.paging import Page, page_of
from longleaf.quality.register import documents, queries
from longleaf.quality.register.organisations import organisations_decided_on, report_on_organisation
from longleaf.quality.register.queries import STATES, Asked
from longleaf.quality.reviewing.conditions import left_to_meet

FIVE_MINUTES = "public, max-age=300"


@require_safe
@alike_for_visitors
def listed(request: HttpRequest) -> HttpResponse:
    """What holds of every micro-credential today."""
    asked, today = Asked.of(request.GET), timezone.localdate()
    found = queries.entries(asked, today=today)
    page: Page[Any] = page_of(found, parameters=request.GET, size=50)
    context = {
        "asked": asked,
        # It looks at every decision there is, and is the same for everybody until the next one.
        "count": keeping.as_decided("register count", asked, today, make=found.count),
        "page": page,
        "states": list(STATES.items()),
        "issuers": queries.issuers(),
        "today": today,
    }
    return render(request, "quality/register/list.html", context)


@require_safe
@alike_for_visitors
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What was decided of one micro-credential, and what was found."""
    told = queries.report_on(slug, today=timezone.localdate())
    overseen = request.user.is_authenticated and holds(request.user, Role.STATE_OFFICER)
    return render(request, "quality/register/report.html", {"report": told, "overseen": overseen})


@require_safe
@conditional_page
def as_json(request: HttpRequest) -> HttpResponseBase:
    asked, today = Asked.of(request.GET), timezone.localdate()

    def written() -> str:
        found = queries.entries_for_files(asked, today=today)
        return JsonResponse(documents.as_json(found, today=today, left=left_to_meet(today))).content.decode()

    return open_to_all(HttpResponse(_kept_whole("json", asked, written), content_type="application/json"))


@require_safe
@conditional_page
def as_csv(request: HttpRequest) -> HttpResponseBase:
    asked, today = Asked.of(request.GET), timezone.localdate()

    def written() -> str:
        return documents.as_csv(queries.entries_for_files(asked, today=today), today=today, left=left_to_meet(today))

    response = HttpResponse(_kept_whole("csv", asked, written), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{today}.csv"'
    return open_to_all(response)


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponseBase:
    def written() -> str:
        return documents.as_atom(queries.newest(request.GET.get("before", ""))).decode()

    feed = _newest_kept("atom", request, written)
    return open_to_all(HttpResponse(feed, content_type="application/atom+xml; charset=utf-8"))


@require_safe
@conditional_page
def json_feed(request: HttpRequest) -> HttpResponseBase:
    def written() -> str:
        page = queries.newest(request.GET.get("before", ""))
        return JsonResponse(documents.as_json_feed(page)).content.decode()

    feed = _newest_kept("feed", request, written)
    return open_to_all(HttpResponse(feed, content_type="application/feed+json"))


@require_safe
@alike_for_visitors
def organisations_listed(request: HttpRequest) -> HttpResponse:
    """What holds of every organisation today."""
    today = timezone.localdate()
    page: Page[Any] = page_of(organisations_decided_on(today=today), parameters=request.GET, size=50)
    return render(request, "quality/register/organisations.html", {"page": page, "today": today})


@require_safe
@alike_for_visitors
def organisation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """What was decided of one organisation, and what was found."""
    told = report_on_organisation(slug, today=timezone.localdate())
    overseen = request.user.is_authenticated and holds(request.user, Role.STATE_OFFICER)
    context = {"report": told, "overseen": overseen, "families": catalog.families_of(told.organisation.state)}
    return render(request, "quality/register/organisation.html", context)


@require_safe
@conditional_page
def organisations_as_json(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    document = documents.organisations_as_json(
        organisations_decided_on(today=today), today=today, left=left_to_meet(today)
    )
    return open_to_all(JsonResponse(document))


@require_safe
@conditional_page
def organisations_as_csv(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    text = documents.organisations_as_csv(organisations_decided_on(today=today), today=today, left=left_to_meet(today))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="organizations-{today}.csv"'
    return open_to_all(response)


def _kept_whole(form: str, asked: Asked, written: Callable[[], str]) -> str:
    """Machines fetch the whole register again and again, so it is written once between two decisions."""
    return keeping.as_decided("register as", form, make=written) if asked == Asked() else written()


def _newest_kept(form: str, request: HttpRequest, written: Callable[[], str]) -> str:
    """The first page is asked for by everybody who follows, and the others once."""
    return written() if request.GET.get("before") else keeping.as_decided("register as", form, make=written)


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Scripts of any origin may read it, and it may be kept for a while."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = FIVE_MINUTES
    return response
