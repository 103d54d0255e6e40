"""Who and what a random walk meets: people who may do much and people who may do nothing, and one micro-credential."""

from __future__ import annotations

from dataclasses import dataclass

from longleaf.assessment.anchors import anchoring
from longleaf.assessment.evidence import writing
from longleaf.assessment.queries import current_submission
from longleaf.assessment.starting import start_sample
from longleaf.assessment.tests.calibrated import SAMPLE_TEXT, calibrate
from longleaf.awards.keys import signing_keys
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.calibration import gating
from longleaf.panels.models import RubricEdition
from longleaf.panels.pool import telling
from longleaf.panels.status import AnchorUse
from tests import cast

GATE = {"certification": "recommended", "training": {"anchors": 1}, "test": {"anchors": 4}, "seeding": {"one_in": 2}}
ROUNDS = 2


@dataclass(frozen=True)
class World:
    """`people` in the order of their keys; the parts they play are told by `roles` of the directory alone."""

    issuer: Organisation
    version: Version
    edition: RubricEdition
    people: tuple[Person, ...]


def build() -> World:
    state = cast.make_state()
    places = cast.make_organisations(state)
    issuer, district, other = places["ISSUER"], places["D1"], places["D2"]
    items = cast.make_items(state)
    version = cast.publish(state, issuer, cast.make_document(attempts=ROUNDS), [items["MTS-2"]])
    signing_keys.ensure_key(organisation=issuer, acting_person=None)
    assesses, leads = (issuer, Role.ASSESSOR), (issuer, Role.LEAD_ASSESSOR)
    people = [
        cast.make_person("Ada Earns", (district, Role.EDUCATOR)),
        cast.make_person("Ben Both", (other, Role.EDUCATOR), assesses),
        *(cast.make_person(name, assesses) for name in ("Cleo Reads", "Dan Reads", "Eve Reads", "Fay Reads")),
        cast.make_person("Gus Leads", leads),
        cast.make_person("Hal Leads", leads, assesses),
        cast.make_person("Ivy Elsewhere", (other, Role.LEAD_ASSESSOR), (other, Role.ASSESSOR)),
        cast.make_person("Jo Nobody"),
    ]
    for person in people:
        if any(held.role == Role.ASSESSOR for held in person.roles.all()):
            telling.tell(at_a_time=50, a_month=400, languages=["en"], qualifications=[], acting_person=person)
    lead, certified = people[6], people[2]
    calibrate(version, lead, certified, unseen=4)
    gating.set_gate(state=state, pool=issuer, document=GATE, acting_person=None)
    _draft_anchor(version, lead)
    edition = anchoring.edition_of(version, acting_person=None)
    return World(issuer, version, edition, tuple(people))


def _draft_anchor(version: Version, lead: Person) -> None:
    """A sample whose levels nobody has set."""
    submission = current_submission(start_sample(version=version, acting_person=lead))
    for requirement in ("R1", "R3"):
        writing.save_text(
            submission=submission, requirement=requirement, text=SAMPLE_TEXT, revision=0, acting_person=lead
        )
    writing.add_link(
        submission=submission, requirement="R2", link="https://pages.example.test/s", title="", acting_person=lead
    )
    anchoring.keep_sample(submission=submission, title="Unset", use=AnchorUse.UNSEEN, acting_person=lead)
