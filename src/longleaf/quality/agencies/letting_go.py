"""What goes of applications after a time: what was shown in those given up, and documents that no approval rests on.

The clocks are registered by `assessment.retention`, which calls this inside its transaction. The text that reviewers
read stays with the decision, with the name and digest of each document.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from longleaf.quality.models import Application, Document, Review, Showing
from longleaf.quality.queries import RECOGNISES
from longleaf.quality.status import UNDER_WAY, ApplicationStatus


def given_up_due(before: datetime, on: date) -> QuerySet[Application]:
    """Applications that were given up and last changed before a moment, as long as anything is shown in them."""
    given_up = Application.objects.filter(status=ApplicationStatus.GIVEN_UP, begun_at__lt=before)
    return given_up.annotate(changed=Max("showings__saved_at")).filter(changed__lt=before)


def documents_due(before: datetime, on: date) -> QuerySet[Application]:
    """Applications with documents that were last decided before a moment, where no approval rests on them on a day and
    nobody reads them anew."""
    reviews = Review.objects.filter(application=OuterRef("pk"))
    holds = Q(decision__valid_until__isnull=True) | Q(decision__valid_until__gte=on)
    rests_on_it = reviews.filter(holds, decision__outcome__in=RECOGNISES)
    recent = reviews.filter(Q(decided_at__gte=before) | Q(status__in=UNDER_WAY))
    return Application.objects.filter(
        Exists(Document.objects.filter(showing__application=OuterRef("pk"))),
        ~Exists(rests_on_it),
        ~Exists(recent),
        status=ApplicationStatus.DECIDED,
        submitted_at__lt=before,
    )


def let_showings_go(keys: Collection[int], now: datetime) -> int:
    """Take what was shown away for good; returns of how many applications."""
    _forget(Document.objects.filter(showing__application__in=keys))
    Showing.objects.filter(application__in=keys).delete()
    Application.objects.filter(pk__in=keys).update(scope="")
    return len(keys)


def let_documents_go(keys: Collection[int], now: datetime) -> int:
    """Take the documents away for good; returns of how many applications. What was written stays."""
    _forget(Document.objects.filter(showing__application__in=keys))
    return len(keys)


def _forget(documents: QuerySet[Document]) -> None:
    """Their rows, and with the transaction their bytes unless another application shows the same."""
    stored = set(documents.values_list("stored_as", flat=True))
    documents.delete()
    shared = set(Document.objects.filter(stored_as__in=stored).values_list("stored_as", flat=True))
    for name in sorted(stored - shared):
        transaction.on_commit(partial(default_storage.delete, name))
