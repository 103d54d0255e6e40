"""Pages of plans: those one may see, one with its figures, and the form in which a school unit writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, WrongState
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.quality.status import ApplicationStatus
from longleaf.recognition import policies
from longleaf.recognition.access import offices_of
from longleaf.recognition.plans import access, queries, reporting, showing, writing
from longleaf.recognition.plans.document import PlanText
from longleaf.recognition.plans.errors import PlansNotForeseen
from longleaf.recognition.plans.forms import FigureForm, MeasureForms, OutcomeForms, PlanForm, initial_of

if TYPE_CHECKING:
    from longleaf.quality.models import Application

BAD_INPUT = 422


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The plans that somebody may see: of one's own unit also drafts, to others what was approved."""
    person = person_of(request)
    seen = queries.plans_listed(person, on=timezone.localdate())
    page: Page[queries.Seen] = page_of(seen, parameters=request.GET, size=20)
    context = {"page": page, "is_office": offices_of(person).exists()}
    return render(request, "recognition/plans/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One plan: in words, when it holds, and what its measures came to. Its unit reports figures here."""
    person = person_of(request)
    seen = queries.plan_for(person, ref, on=timezone.localdate())
    reports = seen.has_begun and access.may_report(person, seen.plan)
    form = FigureForm(
        request.POST if request.method == "POST" else None,
        measures=[(each.code, each.title) for each in seen.text.measures],
        initial={"year": timezone.localdate().year},
    )
    if request.method == "POST" and form.is_valid():
        try:
            reporting.report(plan=seen.plan, acting_person=person, **form.cleaned_data)
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, "The figure is kept. The state and your educators see it.")
            return redirect("recognition:plan", ref=ref)
    context = {
        "seen": seen,
        "sentences": showing.in_words(seen.plan),
        "form": form,
        "reports": reports,
        "writes": access.may_report(person, seen.plan) and seen.plan.application.status == ApplicationStatus.DRAFT,
    }
    return render(request, "recognition/plans/plan.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """What ledgers will heed of a plan, written while its application is a draft."""
    application = queries.application_of(person_of(request), ref)
    forms, revision, status = _forms(request, application), whole_number(request.POST.get("revision")) or 0, 200
    if request.method == "POST" and forms.are_valid:
        try:
            text = forms.text()
            writing.write(application=application, text=text, revision=revision, acting_person=person_of(request))
        except BadInput as wrong:
            forms.tell(wrong.fields)
        except WrongState as late:
            forms.plan.add_error(None, late.sentence)
            status = late.http_status
        else:
            messages.success(request, "Saved. Reviewers will read it as it stands below.")
            return redirect("recognition:plan-write", ref=ref)
    plan, _ = queries.begun_from(application)
    context = {
        "application": application,
        "plan": plan,
        "sentences": showing.in_words(plan) if plan else [],
        "forms": forms,
        "revision": revision if request.method == "POST" else (plan.revision if plan else 0),
        "titles": forms.titles,
        "is_draft": application.status == ApplicationStatus.DRAFT,
    }
    status = BAD_INPUT if forms.plan.is_bound and status == 200 else status
    return render(request, "recognition/plans/write.html", context, status=status)


@dataclass
class _Forms:
    """The three forms of one page, bound together."""

    plan: PlanForm
    outcomes: Any
    measures: Any
    titles: list[str]
    slugs_by_title: dict[str, str]

    @property
    def are_valid(self) -> bool:
        # All three are asked, so that everything that is wrong is told at once.
        return all([self.plan.is_valid(), self.outcomes.is_valid(), self.measures.is_valid()])

    def text(self) -> PlanText:
        given = self.plan.cleaned_data
        outcomes = [form.outcome(self.slugs_by_title) for form in self.outcomes if form.has_changed()]
        measures = [form.measure(number) for number, form in enumerate(self.measures, 1) if form.has_changed()]
        return PlanText(
            title=given["title"],
            first=given["first"],
            until=given["until"],
            roles=tuple(given["roles"]),
            schools=tuple(given["schools"]),
            sets_aside=tuple(given["sets_aside"]),
            outcomes=tuple(outcomes),
            measures=tuple(measures),
        )

    def tell(self, fields: dict[str, str]) -> None:
        """Put each sentence at its field; those of the lines stand above, for they are about all of them."""
        for field, sentence in fields.items():
            self.plan.add_error(field if field in self.plan.fields else None, sentence)


def _forms(request: HttpRequest, application: Application) -> _Forms:
    policy = policies.renewal_policy()
    if policy is None or policy.plans is None:
        raise PlansNotForeseen
    rows = list(catalog.offered().values_list("micro_credential__slug", "title", catalog.labelled_title()))
    offered = {slug: title for slug, title, _ in rows}
    typed = request.POST if request.method == "POST" else None
    _, text = queries.begun_from(application)
    first, outcomes, measures = initial_of(text, offered)
    may = policy.plans.may_waive
    return _Forms(
        PlanForm(
            typed,
            initial=first,
            roles=[(each.code, each.title) for each in policy.roles],
            schools=writing.schools_of(application.organisation),
            categories=[(each.code, each.title) for each in policy.categories if each.code in may],
        ),
        OutcomeForms(typed, initial=outcomes if typed is None else None, prefix="outcomes"),
        MeasureForms(typed, initial=measures if typed is None else None, prefix="measures"),
        sorted(told for _, _, told in rows),
        # Whoever copies a title from the list copies its label with it.
        {title.casefold(): slug for slug, *titles in rows for title in titles},
    )
