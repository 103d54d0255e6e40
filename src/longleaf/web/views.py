"""Home, words and policies, and the pages of errors that nobody else answers."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from longleaf import __version__
from longleaf.assessment.appeals import queries as appeals
from longleaf.assessment.desk import kept_from as readings
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.frameworks import queries as frameworks
from longleaf.journal import queries as lines
from longleaf.kit.errors import NotAllowed
from longleaf.kit.middleware import wants_json
from longleaf.kit.paging import Page, page_of
from longleaf.quality.reviewing import queries as reviews
from longleaf.web import desk_of_today, journal_words
from longleaf.web.navigation import roles_held

if TYPE_CHECKING:
    from longleaf.journal.models import JournalLine

logger = logging.getLogger(__name__)

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# A pack's names of colours, and the properties of the style sheet that they set.
COLOUR_PROPERTIES = {
    "primary": "--ll-pine",
    "secondary": "--ll-needle",
    "surface": "--ll-sand",
    "warm": "--ll-bark",
    "accent": "--ll-sky",
    "ink": "--ll-ink",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A visitor sees what this is; somebody signed in sees what is asked of them now."""
    if not request.user.is_authenticated:
        return render(request, "web/welcome.html", desk_of_today.for_visitor())
    today = desk_of_today.for_person(request.user, roles=[Role(held.role) for held in roles_held(request)])
    return render(request, "web/home.html", today)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The state's words, from its pack."""
    state = directory.current_state()
    terms = sorted(state.glossary if state else [], key=lambda term: term["term"].lower())
    return render(request, "web/glossary.html", {"terms": terms})


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Every framework of the state with its items."""
    state = directory.current_state()
    return render(request, "web/standards.html", {"frameworks": frameworks.frameworks_with_items(state)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first. For the state agency: the lines name who decided."""
    if not directory.holds(request.user, Role.STATE_OFFICER):  # type: ignore[arg-type]
        raise NotAllowed("The journal is read by officers of the state agency.")
    person = person_of(request)
    to_look_at = appeals.journal_subjects_kept_from(person)
    judged = [*readings.journal_subjects_kept_from(person), *reviews.journal_subjects_kept_from(person)]
    found = lines.latest_lines().exclude(subject__in=[*to_look_at, *judged])
    subject = request.GET.get("subject", "").strip()
    if subject:
        found = found.filter(subject=subject)
    page: Page[Any] = page_of(found, parameters=request.GET, size=30)
    shown = [_line_shown(line) for line in page.rows]
    context = {"page": page, "lines": shown, "subject": subject, "looks": bool(to_look_at), "judges": bool(judged)}
    return render(request, "web/journal.html", context)


def _line_shown(line: JournalLine) -> dict[str, Any]:
    kind, reference = journal_words.subject_in_words(line.subject)
    rows = journal_words.data_in_words(line)
    return {
        "line": line,
        "what": journal_words.event_in_words(line.event),
        "kind": kind,
        "reference": reference,
        "rows": rows,
    }


@require_safe
@cache_control(max_age=300, public=True)
def state_colours(request: HttpRequest) -> HttpResponse:
    """The style sheet that carries a state's colours. Anything that is not a colour is left out."""
    state = directory.current_state()
    colours = state.colours if state else {}
    rules = [
        f"  {COLOUR_PROPERTIES[name]}: {value};"
        for name, value in colours.items()
        if name in COLOUR_PROPERTIES and COLOUR.fullmatch(str(value))
    ]
    return HttpResponse(":root {\n" + "\n".join(rules) + "\n}\n", content_type="text/css")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For a load balancer: the process answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


# What scripts are told where no verb had a sentence of its own.
CODES = {
    400: ("bad-request", "Something in the address or in what was sent is not in a form we know."),
    403: ("not-allowed", "You are not allowed to do this."),
    404: ("not-found", "There is nothing at this address."),
    500: ("our-mistake", "Something went wrong on our side."),
}
# The page of last resort is plain text: when the database is away, no frame can be drawn around it.
LAST_RESORT = "Something went wrong on our side. Wait a minute and load the page again."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def form_not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: it was open for too long, or another site sent it."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return _error(request, 500)
    except Exception:
        logger.exception("The page that tells of a mistake could not be drawn.")
        return HttpResponse(LAST_RESORT, content_type="text/plain; charset=utf-8", status=500)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if wants_json(request):
        code, sentence = CODES[status]
        return JsonResponse({"code": code, "error": sentence, "fields": {}}, status=status)
    return render(request, f"kit/errors/{status}.html", status=status)
