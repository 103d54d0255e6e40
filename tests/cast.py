"""A small cast with fixed roles, and a micro-credential for them to work on. All of it is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from longleaf.catalog import publishing
from longleaf.directory import enrolling, registering
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import OrganisationKind, Role
from longleaf.frameworks import publishing as frameworks
from longleaf.frameworks.models import FrameworkItem
from longleaf.panels.calibration import gating

PASSWORD = "a long enough passphrase"
SINCE = date(2020, 1, 1)


def make_state() -> State:
    """A state that begins: no rubric has anchors, so assessors read without certificates until one has."""
    state = registering.register_state(
        code="nc",  # the installation's own state, see settings.STATE
        name="Meadow",
        time_zone="America/New_York",
        words={"school_unit": {"one": "school unit", "many": "school units"}},
        colours={"primary": "#1f4d3a"},
        vocabulary={
            "roles": [["teacher", "Teacher"], ["leader", "School leader"]],
            "grade_bands": [["k-5", "Grades K-5"], ["6-8", "Grades 6-8"]],
            "topics": [["feedback", "Feedback"], ["literacy", "Literacy"]],
        },
        holidays=["2026-11-26", "2026-12-25"],
        agency_code="AGENCY",
    )
    gating.set_gate(state=state, document={"certification": "once_anchored"}, acting_person=None)
    return state


def make_organisations(state: State) -> dict[str, Organisation]:
    def facts(slug: str, kind: OrganisationKind, name: str) -> dict[str, Any]:
        return {"slug": slug, "kind": kind, "name": name, "standing": "synthetic"}

    registering.register_organisations(
        state=state,
        organisations={
            "AGENCY": facts("meadow-agency", OrganisationKind.STATE_AGENCY, "Meadow Department of Learning"),
            "ISSUER": facts("prairie-institute", OrganisationKind.NONPROFIT, "Prairie Institute"),
            "D1": facts("rivertown", OrganisationKind.DISTRICT, "Rivertown Schools"),
            "D2": facts("hillside", OrganisationKind.DISTRICT, "Hillside Schools"),
        },
    )
    return {each.code: each for each in Organisation.objects.filter(state=state)}


def make_items(state: State) -> dict[str, FrameworkItem]:
    framework = frameworks.publish(
        state=state,
        code="mts",
        title="Meadow Teaching Standards",
        owner="Meadow Department of Learning",
        items=[
            frameworks.Item("MTS-1", "Knows the subject", None, "Knows what is taught.", "synthetic"),
            frameworks.Item("MTS-1A", "Explains it well", "MTS-1", "Explains in more than one way.", "synthetic"),
            frameworks.Item("MTS-2", "Helps learners grow", None, "Uses what learners show.", "synthetic"),
        ],
    )
    return {item.code: item for item in framework.items.all()}


def make_document(slug: str = "feedback-that-moves-learning", **changes: Any) -> dict[str, Any]:
    """A micro-credential's document as a pack brings it: three requirements, two criteria, two readers and a third."""
    return {
        "slug": slug,
        "title": "Feedback that moves learning",
        "issuer": "ISSUER",
        "family": "feedback",
        "version": 1,
        "language": "en",
        "summary": "Give feedback that a learner uses in the same week.",
        "competency": "The educator gives feedback on a piece of work and shows how the learner used it.",
        "matters": "Learners improve when they act on what they are told.",
        "method": {"name": "Plan, tell, look", "description": "Three moves.", "steps": ["Plan", "Tell", "Look"]},
        "research": {
            "summary": "Feedback works when it is used.",
            "references": [
                {"title": "A study of feedback", "authors": "A. Writer", "year": 2007, "publication": "", "url": None}
            ],
        },
        "resources": [{"title": "A planning sheet", "url": None, "note": "One page."}],
        "audience": {"roles": ["teacher"], "grade_bands": ["k-5"]},
        "topics": ["feedback"],
        "effort_hours": 10,
        "fee": 0,
        "turnaround_business_days": 15,
        "attempts": None,
        "support": "A coach may read drafts.",
        "other_ways": "A recording may stand in place of writing.",
        "review_by": "2028-06-30",
        "expires_after_years": None,
        "parts": [
            {"code": "plan", "title": "Plan", "description": "Before the lesson."},
            {"code": "show", "title": "Show", "description": "What happened."},
        ],
        "requirements": [
            {
                "code": "R1", "part": "plan", "title": "Your plan", "prompt": "Say what you will look for.",
                "accepts": ["text"], "words": {"min": 5, "max": 200}, "files": None,
                "completion": [{"code": "R1.1", "text": "The plan names a learning aim."}],
            },
            {
                "code": "R2", "part": "show", "title": "Work before and after", "prompt": "Bring both pieces.",
                "accepts": ["file", "link"], "words": None,
                "files": {"kinds": ["pdf", "image"], "most": 3, "megabytes": 5},
                "completion": [{"code": "R2.1", "text": "Both pieces can be read."}],
            },
            {
                "code": "R3", "part": "show", "title": "What changed", "prompt": "Tell what the learner did with it.",
                "accepts": ["text", "file"], "words": {"min": 5, "max": 150},
                "files": {"kinds": ["audio", "video"], "most": 1, "megabytes": 200},
                "completion": [{"code": "R3.1", "text": "A change is described."}],
            },
        ],
        "rubric": {
            "levels": [
                {"code": "not-yet", "title": "Not yet", "meets": False},
                {"code": "demonstrated", "title": "Demonstrated", "meets": True},
            ],
            "criteria": [
                {
                    "code": "A", "title": "Feedback is specific", "requirements": ["R1", "R2"],
                    "levels": {"not-yet": "General praise.", "demonstrated": "Names what to change and how."},
                },
                {
                    "code": "B", "title": "The learner used it", "requirements": ["R3"],
                    "levels": {"not-yet": "No change is shown.", "demonstrated": "A change is shown and explained."},
                },
            ],
        },
        "panel_rule": {
            "readers": 2, "when_they_differ": "third_reader", "decides": "third",
            "criterion_met_when": {"meets": True}, "outcome": {"kind": "all_required"},
        },
        "alignments": [{"item": "MTS-2", "standing": "synthetic", "note": ""}],
        "sample": "A synthetic sample.",
        "standing": "synthetic",
        "sources": [],
        "note": "",
        **changes,
    }  # fmt: skip


def make_person(name: str, *roles: tuple[Organisation, Role]) -> Person:
    address = name.lower().replace(" ", ".") + "@example.test"
    person = enrolling.enrol(email=address, name=name, acting_person=None, password=PASSWORD, synthetic=True)
    for organisation, role in roles:
        enrolling.give_role(person=person, organisation=organisation, role=role, acting_person=None, since=SINCE)
    return person


def publish(
    state: State, issuer: Organisation, document: dict[str, Any], aligned_to: Sequence[FrameworkItem] = ()
) -> Any:
    family = publishing.publish_family(
        state=state, code=document["family"], title="Assessment and feedback", colour="#1d6fa5", icon="chat"
    )
    aligned = [publishing.AlignedItem(item, "synthetic") for item in aligned_to]
    return publishing.publish(
        state=state, issuer=issuer, family=family, document=document, aligned=aligned, acting_person=None
    )
