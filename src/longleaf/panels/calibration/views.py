"""Pages of calibration: an assessor's own, and those of a lead. Each parses, calls one verb or query, draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.directory.queries import holds
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.errors import BadInput, Refusal
from longleaf.kit.numbers import number
from longleaf.panels.calibration import (
    anchors,
    back_reading,
    carrying,
    editions,
    gating,
    queries,
    replacing,
    standing,
    testing,
)
from longleaf.panels.calibration.asking import asked_now
from longleaf.panels.calibration.undecided import still_counting
from longleaf.panels.errors import NoSuchCertification

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Anchor, RubricEdition

# What a lead assessor may make of a certificate, and the verb for it.
DECISIONS = {
    "suspend": standing.suspend,
    "reinstate": standing.reinstate,
    "train": standing.send_to_training,
    "withdraw": standing.withdraw,
}

# How a lead says that an anchor was wrong, so that no test that is under way counts it.
WRONG = "wrong"


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where somebody stands with each rubric they read by, and what they can do next."""
    person = person_of(request)
    standings = queries.own_standings(person)
    leads = holds(person, Role.LEAD_ASSESSOR)
    if not (standings or leads or holds(person, Role.ASSESSOR)):
        raise NoSuchCertification
    context = {"standings": standings, "leads": leads, "now": timezone.now()}
    return render(request, "panels/calibration/home.html", context)


@login_required
@require_POST
def train(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on training: the next anchor opens at the desk."""
    person = person_of(request)
    edition = queries.own_edition(person, ref)
    seat = testing.train(edition=edition, acting_person=person)
    return redirect("desk:read", ref=seat.ref)


@login_required
@require_POST
def begin_test(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    held = queries.own_certification(person, ref)
    sitting = testing.begin_test(certification=held, acting_person=person)
    return redirect("calibration:test", ref=sitting.ref)


@login_required
@require_GET
def test(request: HttpRequest, ref: str) -> HttpResponse:
    """A test: what is still to be read; when it is over, how it went."""
    sitting = queries.own_sitting(person_of(request), ref)
    if sitting.closed_at:
        return redirect("calibration:report", ref=sitting.certification.ref)
    context = {"sitting": sitting, "readings": queries.readings_in(sitting), "now": timezone.now()}
    return render(request, "panels/calibration/test.html", context)


@login_required
@require_GET
def reading(request: HttpRequest, ref: str) -> HttpResponse:
    """What a check showed, once it may be shown."""
    seat, check = queries.own_check(person_of(request), ref)
    if check.sitting and not check.sitting.closed_at:
        return redirect("calibration:test", ref=check.sitting.ref)
    context = {"seat": seat, "check": check, "held": queries.what_it_showed(seat, check)}
    return render(request, "panels/calibration/reading.html", context)


@login_required
@require_GET
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody's own figures: their tests, where they differed, and in which direction."""
    held = queries.own_certification(person_of(request), ref)
    sittings = [(each, queries.differences_in(each)) for each in queries.sittings_of(held) if each.closed_at]
    context = {"held": held, "sittings": sittings, "tells_levels": testing.may_tell_levels(held)}
    return render(request, "panels/calibration/report.html", context)


@login_required
@require_GET
def lead(request: HttpRequest) -> HttpResponse:
    """Every rubric of the pools that somebody leads: anchors, people, alarms."""
    return render(request, "panels/calibration/lead.html", {"standards": queries.led_standards(_lead(request))})


@login_required
@require_GET
def rubric(request: HttpRequest, ref: str) -> HttpResponse:
    """One rubric: its gate, its anchors, and everybody who reads by it."""
    person = _lead(request)
    edition = queries.led_edition(person, ref)
    return render(request, "panels/calibration/rubric.html", _rubric_context(person, edition))


@login_required
@require_POST
def mark_editorial(request: HttpRequest, ref: str) -> HttpResponse:
    person = _lead(request)
    edition = queries.led_edition(person, ref)
    editions.mark_editorial(edition=edition, because=request.POST.get("because", ""), acting_person=person)
    messages.success(request, "Certificates and anchors of the earlier text hold for this one too.")
    return redirect("calibration:rubric", ref=ref)


@login_required
@require_POST
def anchors_as_before(request: HttpRequest, ref: str) -> HttpResponse:
    """Make drafts of the anchors of the text before."""
    person = _lead(request)
    made = carrying.draft_as_before(edition=queries.led_edition(person, ref), acting_person=person)
    messages.success(request, f"{number(len(made), 'draft')} made. Read each by this text to set its levels.")
    return redirect("calibration:rubric", ref=ref)


@login_required
@require_POST
def set_gate(request: HttpRequest, ref: str) -> HttpResponse:
    """Set what is asked of readers by this rubric otherwise than elsewhere, as a document. What was typed stays."""
    person = _lead(request)
    edition = queries.led_edition(person, ref)
    written = request.POST.get("gate", "")
    try:
        gating.set_gate_of(edition=edition, written=written, acting_person=person)
    except BadInput as refusal:
        context = _rubric_context(person, edition) | {"written": written, "gate_error": refusal.sentence}
        return render(request, "panels/calibration/rubric.html", context, status=refusal.http_status)
    messages.success(request, f"From now on this is asked. {asked_now(edition).says}")
    return redirect("calibration:rubric", ref=ref)


@login_required
@require_POST
def anchor_act(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Read an anchor to set its levels, put it in use, or retire it. What was typed stays where it is refused."""
    person = _lead(request)
    anchor = queries.led_anchor(person, ref)
    because = request.POST.get("because", "")
    if act == "read":
        return redirect("desk:read", ref=anchors.read_to_set(anchor=anchor, acting_person=person).ref)
    verb = anchors.put_in_use if act == "use" else anchors.retire
    try:
        verb(anchor=anchor, because=because, acting_person=person)
    except Refusal as refusal:
        context = _rubric_context(person, anchor.edition)
        context |= {"refused": anchor.ref, "error": refusal.sentence, "because": because}
        return render(request, "panels/calibration/rubric.html", context, status=refusal.http_status)
    done = f"{anchor.title} is {'in use' if act == 'use' else 'retired'}."
    messages.success(request, f"{done} {asked_now(anchor.edition).says}")
    return redirect("calibration:rubric", ref=anchor.edition.ref)


@login_required
@require_http_methods(["GET", "POST"])
def replace_anchor(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a draft in the place of an anchor in use. What was typed stays where it is refused."""
    person = _lead(request)
    anchor = queries.led_anchor(person, ref)
    if request.method == "GET":
        return _draw_replace(request, anchor)
    drafts = {each.ref: each for each in replacing.may_take_its_place(anchor)}
    try:
        put = replacing.replace(
            anchor=anchor,
            by=drafts.get(request.POST.get("by", "")),
            is_wrong=request.POST.get("readings") == WRONG,
            because=request.POST.get("because", ""),
            acting_person=person,
        )
    except Refusal as refusal:
        errors = getattr(refusal, "fields", {}) or {"by": refusal.sentence}
        return _draw_replace(request, anchor, errors, status=refusal.http_status)
    messages.success(request, f"{put.title} is in use in the place of {anchor.title}.")
    return redirect("calibration:rubric", ref=anchor.edition.ref)


def _draw_replace(
    request: HttpRequest, anchor: Anchor, errors: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "anchor": anchor,
        "drafts": [(each.ref, each.title) for each in replacing.may_take_its_place(anchor)],
        "under_way": replacing.under_way_with(anchor),
        "given": request.POST,
        "errors": errors or {},
    }
    return render(request, "panels/calibration/replace.html", context, status=status)


@login_required
@require_GET
def reader(request: HttpRequest, ref: str) -> HttpResponse:
    """One assessor's figures by source and criterion, the alarm, and what can be decided."""
    person = _lead(request)
    return _draw_reader(request, person, ref)


@login_required
@require_POST
def decide(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Suspend, reinstate, send to training, withdraw. What was typed stays where it is refused."""
    person = _lead(request)
    held = queries.led_certification(person, ref)
    because = request.POST.get("because", "")
    try:
        held = DECISIONS[act](certification=held, because=because, acting_person=person)
    except Refusal as refusal:
        return _draw_reader(request, person, ref, error=refusal.sentence, because=because, status=refusal.http_status)
    messages.success(request, f"{held.person.name}: {held.get_status_display().lower()}.")
    return redirect("calibration:reader", ref=ref)


@login_required
@require_POST
def read_again(request: HttpRequest, ref: str) -> HttpResponse:
    """Draw one of somebody's readings; it opens at the desk, without what they found."""
    person = _lead(request)
    held = queries.led_certification(person, ref)
    return redirect("desk:read", ref=back_reading.draw(certification=held, acting_person=person).ref)


def _lead(request: HttpRequest) -> Person:
    person = person_of(request)
    if not holds(person, Role.LEAD_ASSESSOR):
        raise NoSuchCertification
    return person


def _rubric_context(person: Person, edition: RubricEdition) -> dict[str, object]:
    return {
        "edition": edition,
        "asked": asked_now(edition),
        "written": gating.written_for(edition),
        "gate_error": "",
        "anchors": queries.anchors_on(edition),
        "by_habit": queries.passed_by_habit_on(edition),
        "before": carrying.to_carry(edition),
        "readers": queries.readers_by(edition, person),
        "refused": "",
        "error": "",
        "because": "",
    }


def _draw_reader(
    request: HttpRequest, person: Person, ref: str, *, error: str = "", because: str = "", status: int = 200
) -> HttpResponse:
    held = queries.led_certification(person, ref)
    context = {
        "held": held,
        "seen": queries.seen_of(held),
        "alarms": list(held.alarms.order_by("-rung_at").select_related("looked_by")),
        "sittings": queries.sittings_of(held),
        "again": queries.back_readings_of(person, held),
        "counting": still_counting(person, held),
        "to_read_again": back_reading.still_to_draw(held.edition).get(held.person_id, 0),
        "error": error,
        "because": because,
    }
    return render(request, "panels/calibration/reader.html", context, status=status)
