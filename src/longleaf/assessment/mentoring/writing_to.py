"""Letters: to whoever is invited, and to an earner on whose draft somebody wrote. A chore sends them.

A letter names no micro-credential and holds no word of a comment: it may be read on a shared screen, and an invitation
that is not accepted must not tell what somebody works on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

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
    found = list(waiting.select_related("mentor", "attempt__earner").order_by("invited_at")[:AT_ONCE])
    return sum(_write_to(each) for each in found if _claim_invitation(each, now))


def tell_of_comments(*, now: datetime) -> int:
    """Write once to each earner of comments that have lain for a sitting. Returns how many letters."""
    ripe = DraftComment.objects.filter(told_at__isnull=True, written_at__lte=now - SITTING)
    found = ripe.select_related("mentorship__mentor", "mentorship__attempt__earner").order_by("written_at")[:AT_ONCE]
    by_mentorship: dict[int, list[DraftComment]] = {}
    for each in found:
        by_mentorship.setdefault(each.mentorship_id, []).append(each)
    return sum(_tell(claimed) for each in by_mentorship.values() if (claimed := _claim_comments(each, now)))


def _claim_invitation(mentorship: Mentorship, now: datetime) -> bool:
    open_one = Mentorship.objects.filter(pk=mentorship.pk, status=MentorStatus.INVITED, written_at__isnull=True)
    return bool(open_one.update(written_at=now))


def _claim_comments(comments: Iterable[DraftComment], now: datetime) -> list[DraftComment]:
    untold = DraftComment.objects.filter(told_at__isnull=True)
    return [each for each in comments if untold.filter(pk=each.pk).update(told_at=now)]


def _write_to(mentorship: Mentorship) -> int:
    mentor, earner = mentorship.mentor, mentorship.attempt.earner
    if mentor is None:
        return 0
    page = f"{settings.PUBLIC_URL}{reverse('mentoring:people')}"
    text = render_to_string("assessment/mentoring/invitation.txt", {"person": mentor, "earner": earner, "page": page})
    send_mail(f"{earner.name} asks you to look at a draft", text, settings.DEFAULT_FROM_EMAIL, [mentor.email])
    return 1


def _tell(comments: list[DraftComment]) -> int:
    mentorship = comments[0].mentorship
    earner, mentor = mentorship.attempt.earner, mentorship.mentor
    if mentor is None:
        return 0
    page = f"{settings.PUBLIC_URL}{reverse('mentoring:mentors', kwargs={'ref': mentorship.attempt.ref})}"
    many = number(len(comments), "comment")
    context = {"person": earner, "mentor": mentor, "many": many, "page": page}
    text = render_to_string("assessment/mentoring/commented.txt", context)
    send_mail(f"{mentor.name} wrote {many} on your draft", text, settings.DEFAULT_FROM_EMAIL, [earner.email])
    return 1
