"""Addresses that machines follow: each answers with its media type, an ETag, and how long it may be kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from longleaf.awards import published, queries
from longleaf.awards.errors import NoSuchDocument, NotIssuedYet, NoUsableKey
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures
from longleaf.awards.status import Visibility
from longleaf.catalog import queries as catalog

CREDENTIAL = "application/vc"
OLDER_CREDENTIAL = "application/vc+ld+json"
JWT = "application/vc+jwt"
LINKED_DATA = "application/ld+json"
DID_DOCUMENT = "application/did+ld+json"
KEY_SET = "application/jwk-set+json"
JSON = "application/json"
# What each document is called, by what whoever asks would like; the first name where they do not care.
CREDENTIAL_KINDS = (CREDENTIAL, OLDER_CREDENTIAL, LINKED_DATA, JSON)
LINKED_DATA_KINDS = (LINKED_DATA, JSON)
DID_KINDS = (DID_DOCUMENT, "application/did", LINKED_DATA, JSON)
KEY_SET_KINDS = (KEY_SET, JSON)
# What may be kept for how long. A badge is asked for anew each time, because its earner may close it at any moment.
ASK_AGAIN = "no-cache"
A_MINUTE = "public, max-age=60"
FIVE_MINUTES = "public, max-age=300"
A_DAY = "public, max-age=86400"
FOR_NOBODY_ELSE = "private, no-store"


@require_safe
def credential(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponseBase:
    """The signed credential. `?download` gives it as a file."""
    award = _award(request, award_uuid)
    if award.credential is None:
        raise NotIssuedYet
    response = _document(request, award.credential, CREDENTIAL_KINDS, keeping(award))
    return _as_file(request, response, f"badge-{award.uuid}.json")


@require_safe
def png(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponseBase:
    award = _award(request, award_uuid)
    response = answer(request, pictures.baked_png(award), "image/png", keeping(award))
    return _as_file(request, response, f"badge-{award.uuid}.png")


@require_safe
def svg(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponseBase:
    award = _award(request, award_uuid)
    response = answer(request, pictures.baked_svg(award), "image/svg+xml", keeping(award))
    return _as_file(request, response, f"badge-{award.uuid}.svg")


@require_safe
def qr(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponseBase:
    award = _award(request, award_uuid)
    return answer(request, pictures.qr_svg(award), "image/svg+xml", keeping(award))


@require_safe
def status_list(request: HttpRequest, list_uuid: uuid.UUID) -> HttpResponseBase:
    """The signed list of what was revoked, as JSON, or as a token for those who ask for one by its name.

    Its ETag changes with every bit. Verifiers differ in which of the two they read.
    """
    try:
        if request.get_preferred_type([*CREDENTIAL_KINDS, JWT]) == JWT:
            return _token(request, published.status_list_token(list_uuid))
        return _document(request, published.status_list(list_uuid), CREDENTIAL_KINDS, A_MINUTE)
    except NoUsableKey as problem:
        # Nobody did anything wrong by asking: the list is there and cannot be signed for the moment.
        return HttpResponse(problem.sentence, status=503, content_type="text/plain; charset=utf-8")


@require_safe
def endorsement(request: HttpRequest, endorsement_uuid: uuid.UUID) -> HttpResponseBase:
    """What an organisation states of an issuer or of a version, signed."""
    return _document(request, published.endorsement(endorsement_uuid), CREDENTIAL_KINDS, A_MINUTE)


@require_safe
def achievement(request: HttpRequest, version_uuid: uuid.UUID) -> HttpResponseBase:
    """The Achievement for machines; people are led to the micro-credential's page."""
    if not _wants_page(request):
        return _document(request, published.achievement(version_uuid), LINKED_DATA_KINDS, FIVE_MINUTES)
    version = catalog.version_by_uuid(version_uuid)
    if version is None:
        raise NoSuchDocument
    page = redirect("catalog:show", slug=version.micro_credential.slug)
    page["Location"] += f"?version={version.number}"
    return _negotiated(page)


@require_safe
def achievement_png(request: HttpRequest, version_uuid: uuid.UUID) -> HttpResponseBase:
    version = catalog.version_by_uuid(version_uuid)
    if version is None:
        raise NoSuchDocument
    return answer(request, pictures.bare_png(version), "image/png", A_DAY)


@require_safe
def issuer(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The issuer's Profile for machines; people are led to its page in the catalog."""
    document = published.profile_of_issuer(slug)
    if document is not None and _wants_page(request):
        return _negotiated(redirect("catalog:issuer", slug=slug))
    return _document(request, document, LINKED_DATA_KINDS, FIVE_MINUTES)


@require_safe
def issuer_did(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _document(request, published.did_document_of_issuer(slug), DID_KINDS, FIVE_MINUTES)


@require_safe
def installation_did(request: HttpRequest) -> HttpResponseBase:
    return _document(request, published.did_document_of_installation(), DID_KINDS, FIVE_MINUTES)


@require_safe
def issuer_keys(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The issuer's keys as a JSON Web Key Set (RFC 7517), for verifiers of tokens."""
    return _document(request, published.key_set_of_issuer(slug), KEY_SET_KINDS, FIVE_MINUTES)


@require_safe
def installation_keys(request: HttpRequest) -> HttpResponseBase:
    return _document(request, published.key_set_of_installation(), KEY_SET_KINDS, FIVE_MINUTES)


def _award(request: HttpRequest, award_uuid: uuid.UUID) -> Award:
    return queries.award_by_uuid(award_uuid, reader=request.user)


def keeping(award: Award) -> str:
    """How long what tells of a badge may be kept."""
    return FOR_NOBODY_ELSE if award.visibility == Visibility.PRIVATE else ASK_AGAIN


def _document(
    request: HttpRequest, document: dict[str, Any] | None, kinds: Sequence[str], kept: str
) -> HttpResponseBase:
    """A JSON document under the name that the asker likes best of those it has."""
    if document is None:
        raise NoSuchDocument
    kind = request.get_preferred_type(kinds) or kinds[0]
    return _open_to_all(answer(request, pictures.written(document).encode(), kind, kept))


def _token(request: HttpRequest, token: str | None) -> HttpResponseBase:
    if token is None:
        raise NoSuchDocument
    return _open_to_all(answer(request, token.encode("ascii"), JWT, A_MINUTE))


def _open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    # Verifiers that run in a browser may read what anybody may read; no cookie of ours travels with their request.
    response["Access-Control-Allow-Origin"] = "*"
    return _negotiated(response)


def answer(request: HttpRequest, body: bytes, kind: str, kept: str) -> HttpResponseBase:
    """The body, or 304 where the asker already has it."""
    etag = f'"{hashlib.sha256(kind.encode() + body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=kind, headers={"ETag": etag, "Cache-Control": kept})
    return get_conditional_response(request, etag=etag, response=response) or response


def _as_file(request: HttpRequest, response: HttpResponseBase, name: str) -> HttpResponseBase:
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _negotiated(response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ["Accept"])
    return response


def _wants_page(request: HttpRequest) -> bool:
    """A browser names text/html first; everything else, a bare `*/*` too, is a machine that wants the document."""
    return request.get_preferred_type(["application/ld+json", "application/json", "text/html"]) == "text/html"
