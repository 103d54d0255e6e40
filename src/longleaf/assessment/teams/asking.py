"""Letters to whoever is asked to join a team. A chore sends them; they name no micro-credential."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.assessment.models import TeamMember
from longleaf.assessment.status import MemberOfTeam

# In one round of a worker.
AT_ONCE = 20


def write_to_asked(*, now: datetime) -> int:
    """Write once to everybody who is asked and can be reached. Returns how many."""
    waiting = TeamMember.objects.filter(
        status=MemberOfTeam.INVITED, written_at__isnull=True, person__isnull=False
    ).select_related("person", "asked_by")
    return sum(_write_to(each) for each in waiting.order_by("asked_at")[:AT_ONCE] if _claim(each, now))


def _claim(asked: TeamMember, now: datetime) -> bool:
    still = TeamMember.objects.filter(pk=asked.pk, status=MemberOfTeam.INVITED, written_at__isnull=True)
    return bool(still.update(written_at=now))


def _write_to(asked: TeamMember) -> int:
    person, asker = asked.person, asked.asked_by
    if person is None or asker is None:
        return 0
    context = {"person": person, "asker": asker, "page": f"{settings.PUBLIC_URL}{reverse('teams:mine')}"}
    text = render_to_string("assessment/teams/invitation.txt", context)
    send_mail(f"{asker.name} asks you to make something together", text, settings.DEFAULT_FROM_EMAIL, [person.email])
    return 1
