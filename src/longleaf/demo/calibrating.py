"""Acting out how assessors become certified: a lead writes samples and sets their levels, assessors train and sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from longleaf.assessment import queries as attempts
from longleaf.assessment import starting
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.evidence import uploading, writing
from longleaf.catalog import queries as catalog
from longleaf.catalog.design import Design
from longleaf.demo import evidence
from longleaf.panels import rating
from longleaf.panels.calibration import anchors, gating, standing, testing
from longleaf.panels.calibration.queries import own_edition, readings_in
from longleaf.panels.status import AnchorUse

if TYPE_CHECKING:
    from longleaf.assessment.models import Submission
    from longleaf.catalog.models import Version
    from longleaf.demo.script import Calibration
    from longleaf.directory.models import Person, State
    from longleaf.panels.models import Anchor, Assignment

LINK = "https://example.org/synthetic-threads"
Levels = Mapping[str, str]


def calibrate(told: Calibration, people: Mapping[str, Person], *, state: State) -> None:
    """Set the gate, write the samples, and certify those who are named."""
    version, lead = catalog.bare_version(told.micro_credential), people[told.lead]
    edition = anchoring.edition_of(version, acting_person=None)
    gating.set_gate(
        state=state, pool=edition.pool, instrument=edition.instrument, document=told.gate, acting_person=None
    )
    uses = [AnchorUse.TRAINING] * told.training + [AnchorUse.UNSEEN] * told.unseen
    truth = {}
    for number, use in enumerate(uses):
        levels = levels_of(Design(version.document), number)
        anchor = _anchor(version, lead, levels, number, use)
        truth[anchor.evidence] = levels
    for key in told.certified:
        _certify(people[key], edition_ref=edition.ref, truth=truth, trains=told.gate["training"]["anchors"])


def levels_of(design: Design, number: int) -> dict[str, str]:
    """The levels that a sample is written to show: others for each sample and criterion, so that all occur."""
    levels = [level.code for level in design.rubric.levels]
    return {each.code: levels[(number + place) % len(levels)] for place, each in enumerate(design.rubric.criteria)}


def _anchor(version: Version, lead: Person, levels: Levels, number: int, use: AnchorUse) -> Anchor:
    attempt = starting.start_sample(version=version, acting_person=lead)
    submission = attempts.current_submission(attempt)
    _write(version, submission, levels, lead)
    title = f"Sample {number + 1}"
    anchor = anchoring.keep_sample(submission=submission, title=title, use=use, acting_person=lead)
    _read(anchors.read_to_set(anchor=anchor, acting_person=lead), levels)
    return anchors.put_in_use(anchor=anchor, because="Written to show these levels.", acting_person=lead)


def _write(version: Version, submission: Submission, levels: Levels, lead: Person) -> None:
    design = Design(version.document)
    for requirement in design.requirements:
        judged = design.criteria_judged_on(requirement.code)
        shows = all(design.rubric.level_by_code[levels[code]].meets for code in judged)
        sentences: Sequence[str] = evidence.SENTENCES if shows else evidence.THIN
        response = submission.responses.get(requirement=requirement.code)
        if "text" in requirement.accepts:
            writing.save_text(
                submission=submission,
                requirement=requirement.code,
                text=evidence.words_for(requirement, sentences),
                revision=response.revision,
                acting_person=lead,
            )
        elif "link" in requirement.accepts:
            writing.add_link(
                submission=submission,
                requirement=requirement.code,
                link=LINK,
                title="Synthetic",
                acting_person=lead,
            )
        else:
            made = evidence.file_for(requirement)
            assert made is not None, "a sample is made of what can be made on the spot"
            uploading.receive(response=response, name=made[0], size=len(made[1]), pieces=[made[1]], acting_person=lead)


def _certify(person: Person, *, edition_ref: str, truth: Mapping[str, Levels], trains: int) -> None:
    held = standing.enter_training(edition=own_edition(person, edition_ref), acting_person=person)
    for _ in range(trains):
        seat = testing.next_in_training(certification=held, acting_person=person)
        _read(seat, truth[seat.panel.evidence])
    sitting = testing.begin_test(certification=held, acting_person=person)
    for number, seat in enumerate(readings_in(sitting)):
        levels = dict(truth[seat.panel.evidence])
        if number == 0:
            # Nobody reads as the anchors say in everything.
            levels[sorted(levels)[0]] = _neighbour(seat, levels[sorted(levels)[0]])
        _read(seat, levels)


def _neighbour(seat: Assignment, level: str) -> str:
    codes: list[str] = [each["code"] for each in seat.panel.rubric.document["levels"]]
    return codes[max(0, codes.index(level) - 1)] if codes.index(level) else codes[1]


def _read(seat: Assignment, levels: Levels) -> None:
    for criterion, level in levels.items():
        rating.rate(
            assignment=seat,
            criterion=criterion,
            level=level,
            comment="What the sample shows on this criterion, and what it leaves open, is told by its own words.",
            revision=0,
            acting_person=seat.rater,
        )
    rating.submit_reading(assignment=seat, acting_person=seat.rater)
