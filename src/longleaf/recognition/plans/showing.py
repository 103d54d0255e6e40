"""A plan in words: for the reviewers of its application, and for its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.quality.agencies.beside import Beside
from longleaf.recognition import policies
from longleaf.recognition.models import LocalPlan
from longleaf.recognition.plans.document import Named, in_plain_words, read
from longleaf.recognition.plans.writing import schools_of

if TYPE_CHECKING:
    from longleaf.quality.models import Application

TITLE = "What ledgers will heed"


def with_application(application: Application) -> Beside | None:
    """The plan as it is handed in with its application; None where the state's policy foresees none."""
    policy = policies.renewal_policy()
    if policy is None or policy.plans is None:
        return None
    plan = LocalPlan.objects.filter(application=application).select_related("organisation").first()
    if plan is None:
        return Beside("", TITLE, "", "Write down what ledgers will heed of the plan.")
    late = read(plan.document).first <= timezone.localdate()
    missing = "The plan's first day has passed. Choose a later one: it is approved before it starts." if late else ""
    return Beside(plan.ref, TITLE, "\n\n".join(in_words(plan)), missing)


def in_words(plan: LocalPlan) -> list[str]:
    """The sentences of a plan, with titles in place of codes."""
    policy, text = policies.renewal_policy(), read(plan.document)
    slugs = {slug for outcome in text.outcomes for slug in outcome.accepts}
    named = Named(
        roles={each.code: each.title for each in policy.roles} if policy else {},
        categories={each.code: each.title for each in policy.categories} if policy else {},
        schools=dict(schools_of(plan.organisation)),
        titles=catalog.titles_by_slug(slugs),
    )
    return in_plain_words(text, named)
