"""Background work of assessment. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from longleaf.assessment import promising, scoring
from longleaf.assessment.evidence import uploading
from longleaf.assessment.mentoring import writing_to
from longleaf.assessment.models.attempt import new_submission_reference
from longleaf.assessment.privacy import comparing, reading, roster
from longleaf.assessment.retention import nightly
from longleaf.assessment.retention.rows import UNFINISHED
from longleaf.assessment.retention.rules import kept_days
from longleaf.assessment.teams import asking
from longleaf.directory.queries import current_state
from longleaf.panels import drawing, expiring, standing_aside
from longleaf.panels.calibration import releasing, seeding, standing, testing


def release_expired_assignments() -> int:
    """Give on what nobody took up in time, decide what needs no further reader, and seat raters where there are few."""
    released = expiring.release_expired(now=timezone.now()) + scoring.decide_what_is_read()
    return released + drawing.assign_waiting()


def forget_abandoned_uploads() -> int:
    """Forget files of which pieces lie about and that nobody went on with."""
    kept = timedelta(days=kept_days(current_state(), UNFINISHED))
    return uploading.forget_abandoned(begun_before=timezone.now() - kept)


def check_waiting_uploads() -> int:
    """Ask the virus scanner again about files that came while it was silent."""
    return uploading.check_waiting()


def keep_readers_calibrated() -> int:
    """Put anchors among live work, close tests that ran out, let certificates lapse, and take back what assessors
    hold who may not read it any more."""
    now = timezone.now()
    seeded = seeding.seed(new_subject=new_submission_reference, secret=settings.SECRET_KEY, now=now)
    ended = testing.close_ended(now=now) + standing.lapse_ended(on=timezone.localdate())
    return seeded + ended + releasing.release_uncertified() + standing_aside.release_conflicted()


def read_arrived_files() -> int:
    """Read the text of files that have arrived, so that names in it can be found."""
    return reading.read_arrived_files(now=timezone.now())


def forget_due_rosters() -> int:
    """Forget lists of names whose time has run out or whose attempt is decided."""
    return roster.forget_due_rosters(today=timezone.localdate())


def compare_handed_in() -> int:
    """Look for likenesses between what was handed in and what others handed in before."""
    return comparing.compare_handed_in(now=timezone.now())


def let_go_once_a_day() -> int:
    """Tell earners of what will go, and take away for good what is kept no longer: once a day."""
    return nightly.let_go_once_a_day(now=timezone.now())


def write_to_mentors() -> int:
    """Write to whoever is asked to look at a draft, and to earners on whose drafts something was written."""
    now = timezone.now()
    return writing_to.write_to_invited(now=now) + writing_to.tell_of_comments(now=now)


def write_to_teams() -> int:
    """Write to whoever is asked to join a team."""
    return asking.write_to_asked(now=timezone.now())


def promise_anew() -> int:
    """Tell earners whose decision is late, and when to expect it now."""
    return promising.promise_anew(now=timezone.now())
