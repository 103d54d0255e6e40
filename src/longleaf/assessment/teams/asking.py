"""Letters to whoever is asked to join a team. A chore sends them; they name no micro-credential."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.assessment import letters
from longleaf.assessment.models import TeamMember
from longleaf.assessment.status import MemberOfTeam

# In one round of a worker.
AT_ONCE = 20


def write_to_asked(*, now: datetime) -> int:
    """Write once to everybody who is asked and can be reached. Returns how many."""
    waiting = TeamMember.objects.filter(
        status=MemberOfTeam.INVITED, written_at__isnull=True, person__isnull=False, asked_by__isnull=False
    )
    found = waiting.filter(letters.free(now)).select_related("person", "asked_by", "team").order_by("asked_at")
    ours = [each for each in found[:AT_ONCE] if letters.claim(waiting, each.pk, now)]
    return sum(_is_written_to(each, now) for each in ours)


def _is_written_to(asked: TeamMember, now: datetime) -> bool:
    sent = letters.is_sent(lambda: _write_to(asked), about=asked.team.ref)
    return sent and bool(TeamMember.objects.filter(pk=asked.pk).update(written_at=now))


def _write_to(asked: TeamMember) -> None:
    person, asker = asked.person, asked.asked_by
    if person is None or asker is None:
        return
    context = {"person": person, "asker": asker, "page": f"{settings.PUBLIC_URL}{reverse('teams:mine')}"}
    text = render_to_string("assessment/teams/invitation.txt", context)
    send_mail(f"{asker.name} asks you to make something together", text, settings.DEFAULT_FROM_EMAIL, [person.email])
