"""Pages of the catalog. Everything here may be read without an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.module_loading import import_string
from django.views.decorators.http import condition, require_safe

from longleaf.catalog import counting, paper, queries, wording
from longleaf.catalog.badge import badge_of
from longleaf.catalog.counting import FacetShown
from longleaf.catalog.errors import NoSuchMicroCredential
from longleaf.catalog.facets import Asked
from longleaf.catalog.models import Version
from longleaf.catalog.studio import case_rubrics
from longleaf.catalog.studio.comparing import compare
from longleaf.directory import queries as directory
from longleaf.kit import keeping, standing
from longleaf.kit.alike import alike_for_visitors
from longleaf.kit.asides import render_asides
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of

PAGE_SIZE = 12
A_DAY = 24 * 60 * 60


@require_safe
@alike_for_visitors
def catalog(request: HttpRequest) -> HttpResponse:
    """The list with its facets. A script asks for the same address and takes the parts that changed."""
    asked = Asked.of(request.GET)
    state = directory.current_state()
    shown = keeping.as_decided("facets", asked.address(), make=lambda: counting.facets_for(asked, state))
    count = keeping.as_decided("found", asked.address(), make=lambda: queries.found(asked).count())
    page: Page[Any] = page_of(queries.listed(asked), parameters=request.GET, size=PAGE_SIZE)
    context = {
        "asked": asked,
        "count": count,
        "page": page,
        "marks": _marks(page.rows),
        "facets": [facet for facet in shown if facet.narrows(count)],
        "chosen": _chosen(asked, shown),
        "in_part": _asked_by_script(request),
        **_words(state),
    }
    response = render(request, "catalog/list.html", context)
    if context["in_part"]:
        response["HX-Push-Url"] = _step(request, f"{request.path}{asked.address()}")
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@alike_for_visitors
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A micro-credential whole; `?version=2` shows an earlier one."""
    whole = _whole(request, slug)
    context = {
        **_about(whole),
        "asides": render_asides("MICRO_CREDENTIAL_ASIDES", request, subject=whole.version),
    }
    return render(request, "catalog/show.html", context)


@require_safe
@alike_for_visitors
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What a version says differently than the one before, or than the one that `?since=` names."""
    version = queries.bare_version(slug, _number(request))
    since = whole_number(request.GET.get("since"))
    earlier = queries.bare_version(slug, since) if since else queries.version_before(version)
    context = {
        "version": version,
        "earlier": earlier,
        "changes": compare(earlier.document, version.document) if earlier else [],
        "address": _address(version),
    }
    return render(request, "catalog/changes.html", context)


@require_safe
@alike_for_visitors
def packet(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is needed to work away from the site, as a sheet to print."""
    return render(request, "catalog/packet.html", _about(_whole(request, slug)))


@require_safe
def packet_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same sheet as PDF, or a page that says why there is none and how to print instead."""
    whole = _whole(request, slug)
    try:
        pdf = _packet_as_pdf(whole)
    except paper.PaperNotPossible as reason:
        context = {"reason": str(reason), **_about(whole)}
        return render(request, "catalog/packet_without_pdf.html", context, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-version-{whole.version.number}.pdf"'
    return response


def _digest(request: HttpRequest, slug: str) -> str:
    return f'"{queries.bare_version(slug, _number(request)).digest}"'


@require_safe
@condition(etag_func=_digest)
def document(request: HttpRequest, slug: str) -> JsonResponse:
    """The document as it was published, with the digest by which anybody can check that it is the same."""
    version = queries.bare_version(slug, _number(request))
    about = {
        "address": settings.PUBLIC_URL + _address(version),
        "achievement": f"{settings.PUBLIC_URL}/achievements/{version.uuid}",
        "version": version.number,
        "status": version.status,
        "published_at": version.published_at,
        "digest": version.digest,
        "digest_method": "SHA-256 over the document in JSON Canonicalization Scheme (RFC 8785)",
        "standing_told": standing.told(version.document["standing"]),
        "document": version.document,
    }
    response = JsonResponse(about, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@condition(etag_func=_digest)
def rubric(request: HttpRequest, slug: str) -> JsonResponse:
    """The rubric of a version in the form of CASE 1.1, for systems that read frameworks."""
    version = queries.bare_version(slug, _number(request))
    found = case_rubrics.write(
        version.document["rubric"],
        title=version.title,
        uri=f"{settings.PUBLIC_URL}{request.path}?version={version.number}",
        standing=version.document["standing"],
        told=f"{standing.told(version.document['standing'])} {version.document['note']}".strip(),
        changed_at=version.published_at.isoformat(timespec="seconds") if version.published_at else "",
    )
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """The badge as an image."""
    response = HttpResponse(badge_of(queries.bare_version(slug, _number(request))), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response


@require_safe
@alike_for_visitors
def stack(request: HttpRequest, slug: str) -> HttpResponse:
    whole = queries.whole_stack(slug)
    context = {"whole": whole, "marks": _marks(whole.versions), **_words(directory.current_state())}
    return render(request, "catalog/stack.html", context)


@require_safe
@alike_for_visitors
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation with what it offers, and what upper floors know of it, such as whether the state approved it."""
    organisation = queries.issuer(slug)
    page: Page[Any] = page_of(queries.offered_by(organisation), parameters=request.GET, size=PAGE_SIZE)
    context = {
        "issuer": organisation,
        "page": page,
        "marks": _marks(page.rows),
        "stacks": queries.stacks_of(organisation),
        "asides": render_asides("ISSUER_ASIDES", request, subject=organisation),
        **_words(directory.current_state()),
    }
    return render(request, "catalog/issuer.html", context)


def _marks(versions: Sequence[Version]) -> Mapping[int, str]:
    """What upper floors mark in a list, such as that nobody begins on it: a word by the key of a version."""
    found: Mapping[int, str] = import_string(settings.CATALOG_MARKS)(versions)
    return found


def _step(request: HttpRequest, address: str) -> str:
    """What the browser's history gains: the address, or nothing when it already stands there."""
    return "false" if request.htmx.current_url_abs_path == address else address  # type: ignore[attr-defined]


def _whole(request: HttpRequest, slug: str) -> queries.WholeVersion:
    number = _number(request)
    return keeping.as_decided("whole version", slug, number, make=lambda: queries.whole_version(slug, number))


def _about(whole: queries.WholeVersion) -> dict[str, Any]:
    address = _address(whole.version)
    number = {} if whole.is_current else {"version": whole.version.number}
    return {
        "whole": whole,
        "version": whole.version,
        "design": whole.design,
        "panel": [
            *wording.panel_in_words(whole.design.panel_rule, whole.design.rubric),
            *wording.rounds_in_words(whole.design),
        ],
        "address": address,
        "public_address": settings.PUBLIC_URL + address,
        "of_this_version": f"?{urlencode(number)}" if number else "",
        **_words(directory.current_state()),
    }


def _words(state: Any) -> dict[str, Any]:
    return {"wording": wording, "titles": wording.Titles(state), "pack": state}


def _packet_as_pdf(whole: queries.WholeVersion) -> bytes:
    """Drawn once a day for each version, which takes a second; published versions never change."""
    key = f"catalog:packet:{whole.version.uuid}:{whole.version.status}"
    pdf: bytes | None = cache.get(key)
    if pdf is None:
        pdf = paper.pdf_of(render_to_string("catalog/packet_on_paper.html", _about(whole)))
        cache.set(key, pdf, A_DAY)
    return pdf


def _asked_by_script(request: HttpRequest) -> bool:
    """A script that restores a page from the browser's history wants the whole of it."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _address(version: Version) -> str:
    return reverse("catalog:show", kwargs={"slug": version.micro_credential.slug})


def _number(request: HttpRequest) -> int | None:
    asked = request.GET.get("version", "")
    number = whole_number(asked)
    if asked and number is None:
        raise NoSuchMicroCredential
    return number


def _chosen(asked: Asked, shown: list[FacetShown]) -> list[dict[str, str]]:
    """What is chosen, each with the address of the list without it."""
    words = [{"label": f"“{asked.words}”", "url": Asked(chosen=asked.chosen).address()}] if asked.words else []
    values = [
        {"label": option.label, "url": asked.without(facet.name, option.value).address()}
        for facet in shown
        for option in facet.options
        if option.checked
    ]
    return words + values
