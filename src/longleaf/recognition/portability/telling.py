"""Letters to whoever brought a badge: that something was decided or asked. A chore sends them, once each.

A letter names the badge's reference and no more: mail may be read by others, and the reasons stand on the page.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.recognition.models import ImportDecision
from longleaf.recognition.portability.status import Ruling

# In one round of a worker.
AT_ONCE = 20
SUBJECTS = {
    Ruling.ASKED: "A recognizer has a question about your badge",
    Ruling.ACCEPTED: "Your badge from elsewhere was decided on",
    Ruling.REFUSED: "Your badge from elsewhere was decided on",
}


def write_to_earners(*, now: datetime) -> int:
    """Write once of each decision and question that nobody was told of yet. Returns how many letters."""
    untold = ImportDecision.objects.filter(told_at__isnull=True).select_related("imported__person")
    found = untold.defer("imported__material", "imported__credential", "imported__report").order_by("decided_at")
    return sum(_write(each) for each in found[:AT_ONCE] if _claim(each, now))


def _claim(decision: ImportDecision, now: datetime) -> bool:
    return bool(ImportDecision.objects.filter(pk=decision.pk, told_at__isnull=True).update(told_at=now))


def _write(decision: ImportDecision) -> int:
    person = decision.imported.person
    # Invented people have no mailbox; whoever has left is written to no more.
    if person.is_synthetic or not person.is_active:
        return 0
    page = f"{settings.PUBLIC_URL}{reverse('portability:one', kwargs={'ref': decision.imported.ref})}"
    context = {"person": person, "decision": decision, "imported": decision.imported, "page": page}
    text = render_to_string("recognition/portability/letter.txt", context)
    send_mail(SUBJECTS[Ruling(decision.ruling)], text, settings.DEFAULT_FROM_EMAIL, [person.email])
    return 1
