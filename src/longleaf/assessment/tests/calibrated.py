"""A micro-credential with anchors that its lead wrote, and an assessor who is certified for it."""

from __future__ import annotations

from longleaf.assessment import starting
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.evidence import writing
from longleaf.assessment.queries import current_submission
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.panels.calibration import anchors, gating
from longleaf.panels.models import Anchor, Certification
from longleaf.panels.status import AnchorUse
from longleaf.panels.tests.calibration.stage import SMALL, certify, read
from longleaf.panels.tests.factories import MEETS, NOT_YET

SAMPLE_TEXT = "I look for the aim and then name one change that the learner can make today."


def write_sample(version: Version, lead: Person, number: int, use: AnchorUse = AnchorUse.UNSEEN) -> Anchor:
    """A sample in use whose levels the lead set; A is met by every other one, B by the others."""
    submission = current_submission(starting.start_sample(version=version, acting_person=lead))
    for requirement in ("R1", "R3"):
        writing.save_text(
            submission=submission, requirement=requirement, text=SAMPLE_TEXT, revision=0, acting_person=lead
        )
    writing.add_link(
        submission=submission,
        requirement="R2",
        link="https://pages.example.test/sample",
        title="Lena’s sample",
        acting_person=lead,
    )
    anchor = anchoring.keep_sample(submission=submission, title=f"Sample {number}", use=use, acting_person=lead)
    levels = {"A": MEETS if number % 2 else NOT_YET, "B": NOT_YET if number % 2 else MEETS}
    read(anchors.read_to_set(anchor=anchor, acting_person=lead), levels)
    return anchors.put_in_use(anchor=anchor, because="Written to be so.", acting_person=lead)


def calibrate(
    version: Version, lead: Person, *assessors: Person, unseen: int = 6, pool: Organisation | None = None
) -> list[Certification]:
    """Set a small gate that requires certificates, write the samples, certify each assessor; in the issuer's pool, or
    in that of a unit that runs the pathway."""
    edition = anchoring.edition_of(version, pool=pool, acting_person=None)
    gating.set_gate(
        state=edition.pool.state, pool=edition.pool, document={**SMALL, "seeding": {"one_in": 2}}, acting_person=None
    )
    write_sample(version, lead, 0, AnchorUse.TRAINING)
    for number in range(unseen):
        write_sample(version, lead, number)
    return [certify(edition, person) for person in assessors]
