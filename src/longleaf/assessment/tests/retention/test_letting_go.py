"""What is kept no longer goes for good, told before, held back where it must be, and never twice."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from longleaf.assessment import retrying, scoring
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.errors import EvidenceGone
from longleaf.assessment.models import (
    Artifact,
    Attempt,
    Consent,
    CopyFlag,
    DraftComment,
    Leftover,
    LettingGo,
    Mentorship,
    Print,
    ReadingNote,
    Submission,
    Upload,
)
from longleaf.assessment.queries import current_submission, decision_on
from longleaf.assessment.retention import clearing, nightly
from longleaf.assessment.retention.queries import still_whole
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast as cast
from longleaf.assessment.tests.desk import factories as desk
from longleaf.assessment.tests.evidence.stores import bucket, s3_address, store  # noqa: F401
from longleaf.assessment.tests.privacy import factories as privacy
from longleaf.assessment.tests.retention.factories import (
    days_pass,
    decided_with_a_picture,
    keep_for,
    run,
    stored_files,
    texts_of,
)
from longleaf.awards import issuing, reissuing
from longleaf.awards.keys import signing_keys
from longleaf.awards.queries import award_on_occasion
from longleaf.directory.status import Role
from longleaf.journal.queries import lines_about
from longleaf.panels.calibration import back_reading
from longleaf.panels.errors import NothingToReadAgain
from longleaf.panels.models import Anchor, Assignment, Certification, Panel
from longleaf.panels.status import AnchorStatus, AnchorUse, PanelStatus
from tests.cast import make_person, publish


@pytest.fixture
def decided(state: Any, version: Any, educator: Any) -> Attempt:
    """Decided 100 days ago; files are kept for 100 days, and all else for longer."""
    keep_for(state, files=100, texts=400, consents=400, appeals=400)
    return days_pass(decided_with_a_picture(version, educator), 100)


def events_of(attempt: Attempt) -> list[str]:
    return [line.event for line in lines_about(f"attempt:{attempt.ref}") if ":retention:" in line.event]


def test_files_go_once_their_earner_was_told_and_the_notice_is_over(
    store: str,  # noqa: F811
    decided: Attempt,
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert len(stored_files()) == 1
    assert run().told == 1
    (letter,) = mail.outbox
    assert letter.to == [decided.earner.email]
    assert "Files and links" in letter.body
    assert "everything.zip" in letter.body
    assert (run().number, len(mail.outbox)) == (0, 1)
    assert texts_of(decided)

    days_pass(decided, 31)
    with django_capture_on_commit_callbacks(execute=True):
        assert run().let_go == 1

    assert not Upload.objects.filter(owner=decided.earner).exists()
    assert stored_files() == []
    assert {(each.link, each.title, each.upload_id) for each in Artifact.objects.all()} == {("", "", None)}
    assert texts_of(decided)
    assert decision_on(current_submission(decided)) is not None
    assert events_of(decided) == ["attempt:retention:told", "attempt:retention:let-go"]
    line = lines_about(f"attempt:{decided.ref}").last()
    assert line is not None
    assert line.data == {"kind": "files", "taken": {"files": 1, "links": 1}}
    assert run().number == 0


def test_the_dry_run_says_what_the_real_one_does_and_does_nothing(decided: Attempt) -> None:
    def dry(*more: str) -> str:
        out = StringIO()
        call_command("retention", "--dry-run", *more, stdout=out)
        return out.getvalue()

    assert f"{decided.ref}: would tell of files" in dry()
    assert not LettingGo.objects.exists()
    run()
    assert "0 attempts would be told of, 0 attempts" in dry()
    days_pass(decided, 31)
    assert f"{decided.ref}: would delete files" in dry()
    assert f"{decided.ref}: would tell of texts" in dry(
        "--on", (timezone.localdate() + timedelta(days=250)).isoformat()
    )
    assert stored_files()
    with pytest.raises(CommandError, match="still to come"):
        call_command("retention", "--on", (timezone.localdate() + timedelta(days=1)).isoformat())


def test_a_later_round_begins_the_clock_anew_and_shares_its_files(
    state: Any, version: Any, educator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keep_for(state, files=100)
    attempt = days_pass(decided_with_a_picture(version, educator, met=("A",)), 100)
    assert run().told == 1
    retrying.open_round(attempt=attempt, acting_person=educator)
    days_pass(attempt, 31)
    assert run().number == 0
    assert len(stored_files()) == 1
    attempt.refresh_from_db()
    cast.save(attempt, "R3", "Now the second learner did it too, and I show both of their drafts.")
    cast.submit(attempt)
    attempt.refresh_from_db()
    days_pass(cast.decide(attempt, met=("A", "B")), 100)
    assert run().told == 1
    days_pass(attempt, 31)
    with django_capture_on_commit_callbacks(execute=True):
        assert run().let_go == 1
    assert stored_files() == []


def test_what_the_badge_shows_stays_until_it_is_taken_back(
    decided: Attempt, django_capture_on_commit_callbacks: Any
) -> None:
    picture = Artifact.objects.get(upload__isnull=False)
    signing_keys.ensure_key(organisation=decided.micro_credential.issuer, acting_person=None)
    award = issuing.award(
        occasion=f"attempt:{decided.ref}",
        earner=decided.earner,
        version=decided.version,
        finding=scoring.finding_for_badge(current_submission(decided)),
        evidence=[{"requirement": "R2", "key": f"R2.{picture.pk}", "name": "A picture"}],
        earned_at=decided.decided_at or timezone.now(),
        acting_person=None,
    )
    run()
    days_pass(decided, 31)
    with django_capture_on_commit_callbacks(execute=True):
        run()
    assert len(stored_files()) == 1
    assert Artifact.objects.filter(let_go_at__isnull=False).count() == 1
    assert run().number == 0

    found = award_on_occasion(f"attempt:{decided.ref}")
    assert found == award
    reissuing.reissue(award=found, pieces=[], acting_person=decided.earner)
    with django_capture_on_commit_callbacks(execute=True):
        assert run().let_go == 1
    assert stored_files() == []


def test_work_that_is_counted_from_the_end_of_the_badge_waits_for_it(
    state: Any, issuer: Any, items: Any, document: Any, educator: Any
) -> None:
    keep_for(state, files=(100, "badge_expiry"), texts=9_000, consents=9_000)
    version = publish(state, issuer, {**document, "expires_after_years": 3}, [items["MTS-2"]])
    attempt = days_pass(decided_with_a_picture(version, educator), 365 * 3)
    assert run().told == 0, list(LettingGo.objects.values())
    days_pass(attempt, 80)
    assert run().told == 1


def test_an_appeal_a_likeness_an_anchor_and_a_hold_keep_it(
    state: Any, version: Any, educator: Any, other_educator: Any, lead_assessor: Any
) -> None:
    keep_for(state, files=(60, "decision"))
    attempt = decided_with_a_picture(version, educator, met=("A",))
    days_pass(attempt, 60)
    run()
    days_pass(attempt, 31)
    submission = current_submission(attempt)
    # The time to appeal is six weeks of business days: pretend that it was decided the day before yesterday.
    Submission.objects.filter(pk=submission.pk).update(decided_at=timezone.now() - timedelta(days=2))
    assert run().let_go == 0
    Submission.objects.filter(pk=submission.pk).update(decided_at=timezone.now() - timedelta(days=91))

    other = current_submission(decided_with_a_picture(version, other_educator))
    flag = CopyFlag.objects.create(
        issuer=version.micro_credential.issuer,
        submission=other,
        place="R2-1",
        other=submission,
        other_place="R2-1",
        kind="file",
        percent=100,
    )
    out = StringIO()
    call_command("retention", "--dry-run", stdout=out)
    assert "a likeness is being looked at" in out.getvalue()
    assert run().let_go == 0
    CopyFlag.objects.filter(pk=flag.pk).update(finding="shared", found_by=lead_assessor, found_at=timezone.now())

    anchoring.lend(submission=submission, acting_person=educator)
    lent = Submission.objects.get(pk=submission.pk)
    edition = anchoring.edition_of(version, acting_person=lead_assessor)
    anchor = Anchor.objects.create(edition=edition, evidence=lent.ref, title="x", use=AnchorUse.TRAINING)
    assert run().let_go == 0
    Anchor.objects.filter(pk=anchor.pk).update(status=AnchorStatus.RETIRED)
    assert run().let_go == 1


def test_a_draft_that_nobody_went_on_with_ends(
    state: Any, version: Any, educator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keep_for(state, drafts=100)
    attempt = cast.filled(version, educator)
    cast.uploaded(attempt, "class.png", cast.picture("PNG"))
    days_pass(attempt, 90)
    assert run().told == 1
    # Somebody who goes on writing is not deleted under their hands, and is told anew.
    cast.save(attempt, "R1", cast.PLAN + " And then I ask again.")
    days_pass(attempt, 31)
    assert run().number == 0
    days_pass(attempt, 60)
    assert run().told == 1
    days_pass(attempt, 31)
    with django_capture_on_commit_callbacks(execute=True):
        assert run().let_go == 1
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.WITHDRAWN
    assert texts_of(attempt) == []
    assert stored_files() == []
    days_pass(attempt, 400)
    assert run().number == 0


def test_consent_goes_with_the_last_file(state: Any, version: Any, educator: Any) -> None:
    keep_for(state, files=200, consents=100)
    attempt = cast.filled(version, educator)
    privacy.log(attempt)
    cast.submit(attempt)
    attempt.refresh_from_db()
    days_pass(cast.decide(attempt, met=("A", "B")), 100)
    run()
    days_pass(attempt, 31)
    assert run().let_go == 0
    days_pass(attempt, 70)
    run()
    days_pass(attempt, 31)
    assert run().let_go == 1
    assert run().let_go == 1
    assert not Consent.objects.exists()


def test_rows_by_themselves_go_without_a_word_to_anybody(
    state: Any, version: Any, educator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    keep_for(state, refused_uploads=10, unused_uploads=10, taken_away=10, likeness_prints=10)
    attempt = cast.filled(version, educator)
    with pytest.raises(Exception, match="not what its name says"):
        cast.uploaded(attempt, "erin.png", cast.PROGRAM)
    shown = cast.uploaded(attempt, "taken.png", cast.picture("PNG"))
    loose = cast.uploaded(attempt, "loose.png", cast.picture("PNG", (20, 20)))
    Artifact.objects.filter(upload=loose).delete()
    Artifact.objects.filter(upload=shown).update(taken_away_at=timezone.now())
    submission = cast.submit(attempt)
    Print.objects.create(
        submission=submission, issuer=version.micro_credential.issuer, kind="text", place="R1", mark="0"
    )
    assert run().rows == {}
    days_pass(attempt, 11)
    with django_capture_on_commit_callbacks(execute=True):
        assert run().rows == {"refused_uploads": 1, "unused_uploads": 1, "taken_away": 1, "likeness_prints": 1}
    assert stored_files() == []
    assert not Upload.objects.exists()
    assert [line.data for line in lines_about("retention:unused_uploads")] == [{"kind": "unused_uploads", "number": 1}]
    assert mail.outbox == []


def test_a_day_is_done_once_and_what_a_dead_worker_left_is_finished(decided: Attempt) -> None:
    now = timezone.now()
    assert nightly.let_go_once_a_day(now=now) == 1
    days_pass(decided, 31)
    assert nightly.let_go_once_a_day(now=now) == 0
    # A process that died after its transaction and before the bytes were deleted.
    run()
    assert Leftover.objects.count() == 1
    assert len(stored_files()) == 1
    assert clearing.clear_leftovers() == 1
    assert (stored_files(), Leftover.objects.count()) == ([], 0)


def test_a_letter_that_cannot_be_sent_is_not_noted_and_stops_nobody_else(
    decided: Attempt, version: Any, other_educator: Any, settings: Any, monkeypatch: Any
) -> None:
    days_pass(decided_with_a_picture(version, other_educator), 100)
    settings.EMAIL_BACKEND = "longleaf.assessment.tests.retention.factories.SilentServer"
    assert run().told == 1
    assert not LettingGo.objects.filter(attempt=decided).exists()
    assert LettingGo.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run().told == 1


def test_the_chore_stops_after_a_while_and_goes_on_in_the_next_round(
    decided: Attempt, version: Any, other_educator: Any
) -> None:
    days_pass(decided_with_a_picture(version, other_educator), 100)
    now = timezone.now()
    assert [nightly.let_go_once_a_day(now=now, at_once=1) for _ in range(4)] == [1, 1, 0, 0]
    assert len(mail.outbox) == 2


def test_notes_on_a_reading_that_decides_nothing_go_when_it_is_long_over(
    state: Any, version: Any, educator: Any, first_assessor: Any, second_assessor: Any, lead_assessor: Any
) -> None:
    keep_for(state, reading_notes=10)
    assignment = desk.seats_of(desk.send_to_panel(desk.hand_in(version, educator), lead_assessor))[0]
    ReadingNote.objects.create(reading=assignment, exhibit="R1", text="It is an anchor, perhaps.")
    long_ago = timezone.now() - timedelta(days=11)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=long_ago)
    assert run().rows == {}, "its panel still reads"
    Panel.objects.filter(pk=assignment.panel_id).update(status=PanelStatus.DISSOLVED)
    assert run().rows == {"reading_notes": 1}


def test_notes_do_not_tell_by_the_day_they_go_that_a_reading_was_an_anchor(
    state: Any, version: Any, educator: Any, first_assessor: Any, second_assessor: Any, lead_assessor: Any
) -> None:
    keep_for(state, reading_notes=10)
    one, other = desk.seats_of(desk.send_to_panel(desk.hand_in(version, educator), lead_assessor))
    desk.read(one)
    ReadingNote.objects.create(reading=one, exhibit="R1", text="It is live.")
    # The other reader took their time, so that it was decided long after this one was handed in.
    desk.read(other)
    handed_in = timezone.now() - timedelta(days=11)
    Assignment.objects.filter(pk=one.pk).update(submitted_at=handed_in)
    Panel.objects.filter(pk=one.panel_id).update(decided_at=timezone.now() - timedelta(days=2))
    assert run().rows == {"reading_notes": 1}


def test_what_has_gone_in_part_is_not_read_again(
    state: Any, version: Any, educator: Any, first_assessor: Any, second_assessor: Any, lead_assessor: Any
) -> None:
    submission = desk.send_to_panel(desk.hand_in(version, educator), lead_assessor)
    for seat in desk.seats_of(submission):
        desk.read(seat)
    held = Certification.objects.get(person=first_assessor)
    # Whoever checked it knows it.
    other = make_person("Otto Other", (held.edition.pool, Role.LEAD_ASSESSOR))
    assert still_whole([submission.ref]) == {submission.ref}
    artifact = Artifact.objects.filter(response__submission=submission).first()
    artifact.taken_away_at = timezone.now()
    artifact.save()
    assert still_whole([submission.ref]) == set()
    with pytest.raises(NothingToReadAgain):
        back_reading.draw(certification=held, acting_person=other)
    Artifact.objects.update(taken_away_at=None)
    LettingGo.objects.create(
        attempt=submission.attempt, kind="texts", told_at=timezone.now(), goes_on="2026-01-01", gone_at=timezone.now()
    )
    with pytest.raises(NothingToReadAgain):
        back_reading.draw(certification=held, acting_person=other)
    LettingGo.objects.all().delete()
    assert back_reading.draw(certification=held, acting_person=other).panel.evidence == submission.ref


def test_notes_of_readers_and_mentors_words_go_too(
    state: Any, version: Any, educator: Any, first_assessor: Any, second_assessor: Any, lead_assessor: Any
) -> None:
    keep_for(state, reading_notes=10, mentoring=60)
    assignment = desk.seats_of(desk.send_to_panel(desk.hand_in(version, educator), lead_assessor))[0]
    ReadingNote.objects.create(reading=assignment, exhibit="R1", text="I doubt this.")
    Panel.objects.filter(pk=assignment.panel_id).update(decided_at=timezone.now())
    Assignment.objects.filter(pk=assignment.pk).update(submitted_at=timezone.now() - timedelta(days=9))
    assert run().rows == {}
    Assignment.objects.filter(pk=assignment.pk).update(submitted_at=timezone.now() - timedelta(days=11))
    assert run().rows == {"reading_notes": 1}
    attempt = Attempt.objects.get()
    help_of = {"attempt": attempt, "round": 1, "requirements": ["R1"]}
    mentor = Mentorship.objects.create(
        address="a@example.org", mentor=second_assessor, status="accepted", accepted_at=timezone.now(), **help_of
    )
    Mentorship.objects.create(address="nobody@example.org", **help_of)
    DraftComment.objects.create(
        mentorship=mentor, submission=current_submission(attempt), requirement="R1", text="Say which aim."
    )
    days_pass(cast.decide(attempt, met=("A", "B")), 60)
    run()
    days_pass(attempt, 31)
    run()
    assert not DraftComment.objects.exists()
    # Who helped never judges it; who was only asked is forgotten.
    assert list(Mentorship.objects.all()) == [mentor]


def test_what_is_lent_is_lent_no_more_when_some_of_it_is_gone(decided: Attempt, educator: Any) -> None:
    submission = current_submission(decided)
    anchoring.lend(submission=submission, acting_person=educator)
    run()
    days_pass(decided, 31)
    run()
    assert current_submission(decided).lent_at is None
    with pytest.raises(EvidenceGone):
        anchoring.lend(submission=submission, acting_person=educator)


def test_addresses_of_people_who_never_came_go_also_where_nobody_commented(decided: Attempt) -> None:
    Mentorship.objects.create(attempt=decided, address="nobody@example.org", round=1, requirements=["R1"])
    run()
    days_pass(decided, 31)
    run()
    assert not Mentorship.objects.exists()


def test_a_draft_with_nothing_in_it_goes_with_what_is_kept_of_the_attempt(
    state: Any, version: Any, educator: Any, other_educator: Any
) -> None:
    keep_for(state, drafts=100, withdrawn=10)
    only_consent, empty = cast.started(version, educator), cast.started(version, other_educator)
    privacy.log(only_consent)
    for attempt in (only_consent, empty):
        days_pass(attempt, 100)
    assert run().told == 1
    days_pass(only_consent, 31)
    assert run().let_go == 1
    only_consent.refresh_from_db()
    assert only_consent.status == AttemptStatus.WITHDRAWN
    assert not Consent.objects.exists()


def test_a_later_round_left_empty_keeps_nothing_of_earlier_ones_for_ever(
    state: Any, version: Any, educator: Any
) -> None:
    keep_for(state, drafts=100, withdrawn=10)
    attempt = decided_with_a_picture(version, educator, met=("A",))
    opened = retrying.open_round(attempt=attempt, acting_person=educator)
    opened.responses.update(text="")
    Artifact.objects.filter(response__submission=opened).delete()
    attempt.refresh_from_db()
    for days in (100, 31, 0, 11, 31):
        days_pass(attempt, days)
        run()
    assert texts_of(attempt) == []
    assert not Artifact.objects.filter(let_go_at=None).exists()
