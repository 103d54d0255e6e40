"""Letters to whoever brought a badge: that something was decided or asked. A chore sends them (`assessment.letters`).

A letter names the badge's reference and no more: mail may be read by others, and the reasons stand on the page.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.assessment import letters
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
    """Write once of each decision and question that nobody was told of yet. Returns how many letters went out."""
    untold = ImportDecision.objects.filter(told_at__isnull=True)
    found = untold.filter(letters.free(now)).select_related("imported__person").order_by("decided_at")
    rows = found.defer("imported__material", "imported__credential", "imported__report")[:AT_ONCE]
    ours = [each for each in rows if letters.claim(untold, each.pk, now)]
    return sum(_is_written(each, now) for each in ours)


def _is_written(decision: ImportDecision, now: datetime) -> bool:
    person = decision.imported.person
    # Invented people have no mailbox; whoever has left is written to no more.
    has_mailbox = person.is_active and not person.is_synthetic
    if has_mailbox and not letters.is_sent(lambda: _write(decision), about=decision.imported.ref):
        return False
    ImportDecision.objects.filter(pk=decision.pk).update(told_at=now)
    return has_mailbox


def _write(decision: ImportDecision) -> None:
    person = decision.imported.person
    page = f"{settings.PUBLIC_URL}{reverse('portability:one', kwargs={'ref': decision.imported.ref})}"
    context = {"person": person, "decision": decision, "imported": decision.imported, "page": page}
    text = render_to_string("recognition/portability/letter.txt", context)
    send_mail(SUBJECTS[Ruling(decision.ruling)], text, settings.DEFAULT_FROM_EMAIL, [person.email])
