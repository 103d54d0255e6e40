"""The chapter of one attempt: written, handed in, read, decided, tried again, as far as its story says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.assessment import completeness, retrying, scoring, starting, submitting
from longleaf.assessment import queries as attempts
from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.mentoring import accepting, commenting, inviting
from longleaf.assessment.privacy import ai_use, consent, looked, readiness
from longleaf.assessment.status import AiUse, ConsentKind
from longleaf.catalog import queries as catalog
from longleaf.catalog.design import Design
from longleaf.demo import appealing, evidence
from longleaf.demo.script import Appeal, Moment, Readings, Story
from longleaf.directory.status import Role
from longleaf.panels import rating
from longleaf.panels.instruments import criteria_to_rate
from longleaf.panels.status import PanelStatus

if TYPE_CHECKING:
    from longleaf.assessment.models import Attempt, Response, Submission
    from longleaf.catalog.design import Requirement
    from longleaf.demo.stage import Stage
    from longleaf.directory import models as directory_models
    from longleaf.panels.models import Assignment, Panel

SATISFIED = "The evidence shows it, in the words of the rubric."
LINK = "https://example.org/synthetic-recording"


def tell_story(story: Story, stage: Stage, *, until: Moment) -> Attempt | None:
    """Act one story out as far as `until`. Returns its attempt, or None before it is begun."""
    if until is Moment.START:
        return None
    earner = stage.people[story.earner]
    version = catalog.bare_version(story.micro_credential)
    attempt = starting.start(version=version, acting_person=earner)
    _write(attempt, story, earner, only_half=until is Moment.DRAFT)
    if story.mentor:
        _advise(attempt, story, stage.people[story.mentor])
    if until is Moment.DRAFT:
        return attempt
    _hand_in(attempt, earner)
    if until is Moment.SUBMITTED:
        return attempt
    lead = stage.with_role(Role.LEAD_ASSESSOR, attempt.micro_credential.issuer_id)
    submission = attempts.current_submission(attempt)
    if until is Moment.RETURNED:
        design = Design(version.document)
        missing = [design.requirements[-1].completion[0].code]
        completeness.check(submission=submission, missing=missing, note=story.missing_note, acting_person=lead)
        return attempt
    completeness.check(submission=submission, missing=[], note="", acting_person=lead)
    _read(submission, story, until)
    if story.readings and Moment.RESUBMITTED.is_reached_by(until):
        _try_again(attempt, story, stage, until)
    return attempt


def _write(attempt: Attempt, story: Story, earner: directory_models.Person, *, only_half: bool) -> None:
    submission = attempts.current_submission(attempt)
    requirements = Design(attempt.version.document).requirements
    for requirement in requirements[: (len(requirements) + 1) // 2] if only_half else requirements:
        response = submission.responses.get(requirement=requirement.code)
        if "text" in requirement.accepts:
            text = story.texts.get(requirement.code, "").strip() or evidence.words_for(requirement)
            writing.save_text(
                submission=submission,
                requirement=requirement.code,
                text=text,
                revision=response.revision,
                acting_person=earner,
            )
        if _brings(requirement, story):
            _bring(requirement, response, submission, earner, link_first=story.few_files)


def _brings(requirement: Requirement, story: Story) -> bool:
    if story.few_files and "text" in requirement.accepts:
        return False
    return "file" in requirement.accepts or "link" in requirement.accepts


def _advise(attempt: Attempt, story: Story, mentor: directory_models.Person) -> None:
    asked = inviting.invite(
        attempt=attempt, address=mentor.email, requirements=list(story.advice), acting_person=attempt.earner
    )
    accepting.accept(mentorship=asked, acting_person=mentor)
    for requirement, text in story.advice.items():
        commenting.comment(mentorship=asked, requirement=requirement, text=text, acting_person=mentor)


def _bring(
    requirement: Requirement,
    response: Response,
    submission: Submission,
    earner: directory_models.Person,
    *,
    link_first: bool,
) -> None:
    """A file where one can be made, unless a link is taken and goes first; else a link."""
    made = None if link_first and "link" in requirement.accepts else evidence.file_for(requirement)
    if made and "file" in requirement.accepts:
        name, content = made
        try:
            uploading.receive(response=response, name=name, size=len(content), pieces=[content], acting_person=earner)
            return
        except FileNotWelcome:
            if "link" not in requirement.accepts:
                raise
    if "link" in requirement.accepts:
        writing.add_link(
            submission=submission,
            requirement=requirement.code,
            link=LINK,
            title="Recording (synthetic)",
            acting_person=earner,
        )


def _say_what_is_asked(attempt: Attempt, earner: directory_models.Person) -> None:
    """Consent of one person where people are shown, and what helped; said once, because later rounds find it."""
    work = attempts.work_on(attempt)
    shown = [each.artifact for brought in readiness.shown_artifacts(work).values() for each in brought]
    if shown and not attempt.consents.exists():
        consent.log_consent(
            attempt=attempt,
            kind=ConsentKind.GUARDIAN_FORM,
            given_on=timezone.localdate(),
            kept_where="School office, folder of this year (synthetic)",
            acting_person=earner,
        )
    for artifact in shown:
        consent.say_who_is_shown(artifact=artifact, nobody=False, numbers=[1], acting_person=earner)
    unread = [each.artifact.pk for each in looked.to_look_through(work)]
    looked.say_looked_through(submission=work.submission, artifacts=unread, acting_person=earner)
    _say_what_helped(work, earner)


def _say_what_helped(work: attempts.Work, earner: directory_models.Person) -> None:
    """A tool for what was written, and none for what was brought."""
    if not work.design.ai_policy.asks:
        return
    for parts in ai_use.unsaid_in(work).values():
        for written in (each for each in parts if each.artifact is None):
            ai_use.say_what_was_used(
                submission=work.submission,
                part=written.key,
                uses=[AiUse.WORDING],
                words="A tool shortened my sentences (synthetic).",
                acting_person=earner,
            )
    ai_use.say_none_was_used(submission=work.submission, acting_person=earner)


def _hand_in(attempt: Attempt, earner: directory_models.Person) -> None:
    _say_what_is_asked(attempt, earner)
    codes = [requirement.code for requirement in Design(attempt.version.document).requirements]
    submitting.submit(
        submission=attempts.current_submission(attempt),
        statements=["privacy", "integrity"],
        badge_evidence=codes[:1],
        language=attempt.version.document["language"],
        acting_person=earner,
    )


def _read(submission: Submission, story: Story, until: Moment) -> None:
    """Two readings, or one and a half where the desk is to be seen; where they differ, the third."""
    panel = _panel_of(submission)
    first, second = panel.assignments.order_by("seat")
    _hand_in_reading(first, story.readings.get("first", {}))
    if until is Moment.SCORING:
        _rate(second, story.readings.get("second", {}), most=2)
        return
    _hand_in_reading(second, story.readings.get("second", {}))
    panel.refresh_from_db()
    if panel.status == PanelStatus.OPEN and until is not Moment.THIRD:
        _hand_in_reading(_third_of(panel), story.readings.get("third", {}))


def _panel_of(submission: Submission) -> Panel:
    submission.refresh_from_db()
    assert submission.panel is not None, "a submission that was found complete has a panel"
    return submission.panel


def _third_of(panel: Panel) -> Assignment:
    return panel.assignments.order_by("-seat")[0]


def _try_again(attempt: Attempt, story: Story, stage: Stage, until: Moment) -> None:
    earner = stage.people[story.earner]
    attempt.refresh_from_db()
    retrying.open_round(attempt=attempt, acting_person=earner)
    attempt.refresh_from_db()
    _hand_in(attempt, earner)
    if until is Moment.RESUBMITTED:
        return
    submission = attempts.current_submission(attempt)
    lead = stage.with_role(Role.LEAD_ASSESSOR, attempt.micro_credential.issuer_id)
    completeness.check(submission=submission, missing=[], note="", acting_person=lead)
    for assignment in _panel_of(submission).assignments.order_by("seat"):
        _hand_in_reading(assignment, story.mended)


def appeal(attempt: Attempt, story: Story, told: Appeal, stage: Stage) -> None:
    def read_anew(reread: Submission) -> None:
        for assignment in _panel_of(reread).assignments.order_by("seat"):
            _hand_in_reading(assignment, told.read_anew or {})

    attempt.refresh_from_db()
    appealing.appeal(told, attempt, earner=stage.people[story.earner], read_anew=read_anew)


def _hand_in_reading(assignment: Assignment, readings: Readings) -> None:
    _rate(assignment, readings)
    scoring.submit_reading(assignment=assignment, acting_person=assignment.rater)


def _rate(assignment: Assignment, readings: Readings, *, most: int | None = None) -> None:
    rating.take_up(assignment=assignment, acting_person=assignment.rater)
    for criterion in criteria_to_rate(assignment.panel)[:most]:
        level, comment = readings.get(criterion.code, (_best_level(assignment), SATISFIED))
        rating.rate(
            assignment=assignment,
            criterion=criterion.code,
            level=level,
            comment=comment,
            revision=0,
            acting_person=assignment.rater,
        )


def _best_level(assignment: Assignment) -> str:
    best: str = assignment.panel.rubric.document["levels"][-1]["code"]
    return best
