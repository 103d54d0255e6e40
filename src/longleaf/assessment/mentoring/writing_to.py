"""Letters: to whoever is invited, and to an earner on whose draft somebody wrote. A chore sends them.

A letter names no micro-credential and holds no word of a comment: it may be read on a shared screen, and an invitation
that is not accepted must not tell what somebody works on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.assessment import letters
from longleaf.assessment.models import DraftComment, Mentorship
from longleaf.assessment.status import MentorStatus
from longleaf.kit.numbers import number

# In one round of a worker.
AT_ONCE = 20
# A mentor writes several comments in one sitting, and one letter tells of them.
SITTING = timedelta(minutes=15)


def write_to_invited(*, now: datetime) -> int:
    """Write once to everybody who is invited and can be reached. Returns how many."""
    waiting = Mentorship.objects.filter(status=MentorStatus.INVITED, written_at__isnull=True, mentor__isnull=False)
    rows = waiting.filter(letters.free(now)).select_related("mentor", "attempt__earner").order_by("invited_at")
    ours = [each for each in rows[:AT_ONCE] if letters.claim(waiting, each.pk, now)]
    return sum(_is_written_to(each, now) for each in ours)


def tell_of_comments(*, now: datetime) -> int:
    """Write once to each earner of comments that have lain for a sitting. Returns how many letters."""
    untold = DraftComment.objects.filter(told_at__isnull=True)
    ripe = untold.filter(letters.free(now), written_at__lte=now - SITTING)
    found = ripe.select_related("mentorship__mentor", "mentorship__attempt__earner").order_by("written_at")[:AT_ONCE]
    by_mentorship: dict[int, list[DraftComment]] = {}
    for each in found:
        if letters.claim(untold, each.pk, now):
            by_mentorship.setdefault(each.mentorship_id, []).append(each)
    return sum(_is_told(comments, now) for comments in by_mentorship.values())


def _is_written_to(mentorship: Mentorship, now: datetime) -> bool:
    sent = letters.is_sent(lambda: _write_to(mentorship), about=mentorship.ref)
    return sent and bool(Mentorship.objects.filter(pk=mentorship.pk).update(written_at=now))


def _is_told(comments: list[DraftComment], now: datetime) -> bool:
    sent = letters.is_sent(lambda: _tell(comments), about=comments[0].mentorship.ref)
    return sent and bool(DraftComment.objects.filter(pk__in=[each.pk for each in comments]).update(told_at=now))


def _write_to(mentorship: Mentorship) -> None:
    mentor, earner = mentorship.mentor, mentorship.attempt.earner
    if mentor is None:
        return
    page = f"{settings.PUBLIC_URL}{reverse('mentoring:people')}"
    text = render_to_string("assessment/mentoring/invitation.txt", {"person": mentor, "earner": earner, "page": page})
    send_mail(f"{earner.name} asks you to look at a draft", text, settings.DEFAULT_FROM_EMAIL, [mentor.email])


def _tell(comments: list[DraftComment]) -> None:
    mentorship = comments[0].mentorship
    earner, mentor = mentorship.attempt.earner, mentorship.mentor
    if mentor is None:
        return
    page = f"{settings.PUBLIC_URL}{reverse('mentoring:mentors', kwargs={'ref': mentorship.attempt.ref})}"
    many = number(len(comments), "comment")
    context = {"person": earner, "mentor": mentor, "many": many, "page": page}
    text = render_to_string("assessment/mentoring/commented.txt", context)
    send_mail(f"{mentor.name} wrote {many} on your draft", text, settings.DEFAULT_FROM_EMAIL, [earner.email])
