"""Loading a pack hands each part to the app that owns it; again after a change it brings everything up to date."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from longleaf.assessment.anchors import anchoring
from longleaf.assessment.models import AppealPractice
from longleaf.assessment.retention.rules import rules_of as rules_of_keeping
from longleaf.catalog.models import Draft, MicroCredential, Stack, Version
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.directory.models import Organisation, State
from longleaf.frameworks.models import FrameworkItem
from longleaf.journal import verifying
from longleaf.journal.models import JournalLine
from longleaf.panels.calibration.gates import Asked
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.leading.fees import fees_of
from longleaf.panels.models import RubricEdition
from longleaf.panels.pool.queries import pool_reading_for, rules_of
from longleaf.quality.models import QualityDecision
from longleaf.quality.monitoring.ruling import rules_in_force
from longleaf.recognition import policies
from longleaf.recognition.models import PolicyText
from longleaf.reminders import ruling as reminders
from longleaf.states.errors import PackNotSound
from longleaf.states.loading import load_pack
from longleaf.states.tests.packs import EXAMPLE, NORTH_CAROLINA, Copy, copy_of_example
from tests import cast

EXPLAINING, FINDING_OUT = "explaining-clearly", "finding-out-first"
WORDS = ("SearchEntry", "words")


@pytest.fixture
def pack(tmp_path: Path) -> Copy:
    return copy_of_example(tmp_path)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, as it stands."""
    own = [model for model in apps.get_models() if model.__module__.startswith("longleaf.")]
    return {model.__name__: list(model.objects.order_by("pk").values(*_fields_of(model))) for model in own}


def _fields_of(model: Any) -> list[str]:
    # The words of a search entry are for the index only: what a database gives back for them differs.
    return [field.attname for field in model._meta.concrete_fields if (model.__name__, field.name) != WORDS]


def loaded(*words: str) -> tuple[int, str, str]:
    """The exit code of `longleaf states`, and what it said on both channels."""
    out, err = StringIO(), StringIO()
    try:
        call_command("states", *words, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


# --- Whole packs -----------------------------------------------------------------------------------------------------


def test_two_states_live_in_one_database(db):
    north_carolina, example = load_pack(NORTH_CAROLINA), load_pack(EXAMPLE)
    assert (north_carolina.state, example.state) == ("North Carolina", "Example")
    assert (north_carolina.micro_credentials, north_carolina.new_versions, north_carolina.frameworks) == (12, 12, 9)
    assert (example.micro_credentials, example.new_versions) == (2, 2)
    assert Organisation.objects.filter(state="nc").count() == north_carolina.organisations
    assert Version.objects.filter(micro_credential__state="example").count() == 2
    assert FrameworkItem.objects.filter(framework__state="nc").count() == 228
    assert verifying.verify().first_break is None


def test_how_long_things_are_kept_and_what_people_sign_come_from_the_pack(db, pack):
    pack.write(
        "retention.yaml",
        "standing: proposed\nnotice_days: 45\nkept:\n"
        "  - {kind: files, days: 700, counted_from: badge_expiry, standing: proposed}\n"
        "  - {kind: consents, days: 800, standing: proposed}\n",
    )
    load_pack(pack.directory)
    rules = rules_of_keeping(State.objects.get(code="example"))
    kept = {rule.kind.code: (rule.days, rule.counted_from, rule.standing) for rule in rules.all}
    assert rules.notice_days == 45
    assert kept["files"] == (700, "badge_expiry", "proposed")
    assert kept["consents"] == (800, "decision", "proposed")
    assert kept["texts"] == (1825, "decision", "ours")
    load_pack(NORTH_CAROLINA)
    forms = State.objects.get(code="nc").consent_forms
    assert {(each["signed_by"], each["language"]) for each in forms} >= {("guardian", "en"), ("guardian", "es")}


@pytest.mark.parametrize("folder", [EXAMPLE, NORTH_CAROLINA], ids=lambda folder: folder.name)
def test_loading_twice_changes_no_row_and_writes_no_line(db, folder):
    first = load_pack(folder)
    before = rows()
    second = load_pack(folder)
    after = rows()
    assert {name for name in before if before[name] != after[name]} <= {"VersionFacet", "StackMember"}
    for name in ("VersionFacet", "StackMember"):
        assert _without_keys(before[name]) == _without_keys(after[name])
    assert first.new_versions > 0
    assert second.new_versions == 0


def _without_keys(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What is noted anew at each loading, without the number that the database gives it."""
    return sorted(tuple((key, value) for key, value in row.items() if key != "id") for row in found)


def test_what_is_loaded_is_what_the_pack_says(db):
    load_pack(EXAMPLE)
    state = State.objects.get()
    assert (state.name, state.time_zone, state.agency_code) == ("Example", "America/Denver", "ex-board")
    assert state.words["license"]["one"] == "certificate"
    assert state.colours["primary"] == "#1c3d6e"
    stack = Stack.objects.get()
    assert [each.micro_credential.slug for each in stack.members.order_by("position")]
    version = Version.objects.get(micro_credential__slug=EXPLAINING)
    assert [each.item.code for each in version.alignments.all()] == ["EX-T2a"]
    titles = {text.code.partition(":")[0]: text.title for text in PolicyText.objects.all()}
    assert titles == {
        "renewal": "Example certificate renewal",
        "elsewhere": "Neighbor certificate renewal",
        "overlay": "First Example District’s own rules",
    }


def test_it_notes_what_each_can_count_toward(db):
    load_pack(EXAMPLE)
    version = Version.objects.get(micro_credential__slug=EXPLAINING)
    assert [each.value for each in version.facets.filter(facet=Facet.CREDIT)] == ["practice"]


def test_it_says_whose_assessors_read_for_whom_and_by_which_rules(db):
    load_pack(EXAMPLE)
    college, board = (Organisation.objects.get(code=code) for code in ("ex-college", "ex-board"))
    assert pool_reading_for(college) == board
    assert [(fee.amount, fee.currency) for fee in fees_of(board)] == [(25, "USD")]
    assert (rules_of(board.pk).take_up_within_days, rules_of(board.pk).late_at_most_days) == (2, 7)


def test_it_says_who_looks_at_appeals_and_what_is_published_of_them(db):
    load_pack(EXAMPLE)
    practice = AppealPractice.objects.get()
    assert (practice.looked_at_by.code, practice.smallest_told) == ("ex-board", 5)
    load_pack(EXAMPLE)
    assert JournalLine.objects.filter(event="state:appeals:set").count() == 1


def test_it_says_on_which_days_people_are_reminded(db, settings):
    load_pack(EXAMPLE)
    settings.STATE = "example"
    found = {source.kind: source for source in reminders.sources_in_force()}
    assert (found["reading-due"].days, found["check-waiting"].within) == ((-2, 1), 1)
    assert found["reading-offered"].days == (-1,)


def test_it_says_what_a_pool_asks_of_its_readers(db):
    load_pack(EXAMPLE)
    edition = anchoring.edition_of(Version.objects.get(micro_credential__slug=EXPLAINING), acting_person=None)
    gate = gate_for(edition)
    assert edition.pool.code == "ex-board"
    assert (gate.asked.value, gate.test.attempts, gate.when_suspended.value) == ("required", 2, "give_back")


def test_every_new_thing_that_decides_is_in_the_journal(db):
    load_pack(EXAMPLE)
    events = set(JournalLine.objects.values_list("event", flat=True))
    assert len(events) >= 4
    assert JournalLine.objects.filter(actor="").count() == JournalLine.objects.count()


def test_the_state_asks_of_every_pool_and_a_pool_asks_otherwise(db, pack):
    pack.replace("assessor-pools.yaml", "pools:\n", "gate: {certification: once_anchored, valid_months: 6}\n\npools:\n")
    load_pack(pack.directory)
    college, board = (Organisation.objects.get(code=code) for code in ("ex-college", "ex-board"))
    of_college, of_board = (gate_for(RubricEdition(pool=pool, instrument=EXPLAINING)) for pool in (college, board))
    assert (of_college.asked, of_college.valid_months, of_college.test.attempts) == (Asked.ONCE_ANCHORED, 6, 3)
    assert (of_board.asked, of_board.valid_months, of_board.test.attempts) == (Asked.REQUIRED, 6, 2)


# --- After a change --------------------------------------------------------------------------------------------------


def test_a_changed_micro_credential_becomes_a_version_and_the_first_one_stays(db, pack):
    load_pack(pack.directory)
    first = Version.objects.get(micro_credential__slug=EXPLAINING)
    kept = (first.document, first.digest, first.title)
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "effort_hours: 4", "effort_hours: 5")
    told = load_pack(pack.directory)
    assert told.new_versions == 1
    first.refresh_from_db()
    assert (first.document, first.digest, first.title) == kept
    assert first.status == VersionStatus.SUPERSEDED
    second = MicroCredential.objects.get(slug=EXPLAINING).current
    assert (second.number, second.effort_hours, second.status) == (2, 5, VersionStatus.PUBLISHED)
    assert MicroCredential.objects.get(slug=FINDING_OUT).versions.count() == 1


def test_a_decision_on_the_first_version_does_not_pass_to_the_second(db, pack):
    load_pack(pack.directory)
    decision = QualityDecision.objects.get(version__isnull=False)
    decided = decision.version
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "effort_hours: 4", "effort_hours: 5")
    load_pack(pack.directory)
    decision.refresh_from_db()
    assert decision.version == decided
    assert not MicroCredential.objects.get(slug=EXPLAINING).current.quality_decisions.exists()
    assert QualityDecision.objects.filter(version__isnull=False).count() == 1


def test_a_decision_is_on_the_text_that_its_author_numbered_so(db, pack):
    pack.replace(f"micro-credentials/{FINDING_OUT}.yaml", "version: 1", "version: 3")
    load_pack(pack.directory)
    decided = QualityDecision.objects.get(version__isnull=False).version
    assert (decided.micro_credential.slug, decided.document["version"], decided.number) == (EXPLAINING, 2, 1)


def test_a_decision_on_a_text_that_was_never_loaded_is_left_out_and_said(db, pack):
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "version: 2", "version: 3")
    code, told, _ = loaded("load", str(pack.directory))
    assert code == 0
    assert "Left out: 1 decision on a version whose text was never loaded here." in told
    assert not QualityDecision.objects.filter(version__isnull=False).exists()


def test_a_decision_stays_on_its_text_when_a_later_one_is_loaded(db, pack):
    load_pack(pack.directory)
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "version: 2", "version: 3")
    assert load_pack(pack.directory).decisions_left_out == 0
    assert QualityDecision.objects.get(version__isnull=False).version.document["version"] == 2


def test_going_back_to_an_earlier_policy_puts_it_in_force_again(db, pack):
    load_pack(pack.directory)
    pack.replace("policy/renewal.yaml", 'title: "Example certificate renewal"', 'title: "Mistaken"')
    load_pack(pack.directory)
    assert policies.policy_of("example").rule.title == "Mistaken"
    pack.replace("policy/renewal.yaml", 'title: "Mistaken"', 'title: "Example certificate renewal"')
    load_pack(pack.directory)
    assert policies.policy_of("example").rule.title == "Example certificate renewal"


def test_an_organisation_that_was_renamed_is_renamed(db, pack):
    load_pack(pack.directory)
    before = Organisation.objects.count()
    name = Organisation.objects.get(code="ex-board").name
    pack.replace("organisations.yaml", f"name: {name}", "name: Example Board of Everything")
    load_pack(pack.directory)
    assert Organisation.objects.get(code="ex-board").name == "Example Board of Everything"
    assert Organisation.objects.count() == before


def test_what_changes_only_words_is_a_line_in_the_journal_too(db, pack):
    load_pack(pack.directory)
    before = JournalLine.objects.count()
    glossary = (pack.directory / "glossary.yaml").read_text(encoding="utf-8")
    pack.write("glossary.yaml", f"{glossary}\n# Read once more, and found right.\n")
    for _ in range(2):
        load_pack(pack.directory)
    told = JournalLine.objects.order_by("number")[before:]
    assert [(line.event, line.subject) for line in told] == [("state:pack:loaded", "state:example")]


def test_a_standard_that_left_its_framework_is_retired_and_comes_back(db, pack):
    file = "frameworks/ex-teaching.yaml"
    without = (pack.directory / file).read_text(encoding="utf-8")
    further = "  - {code: EX-T3, title: Listens, parent: null, description: Hears learners out., standing: synthetic}\n"
    for text, retired in ((without + further, False), (without, True), (without + further, False)):
        pack.write(file, text)
        load_pack(pack.directory)
        assert FrameworkItem.objects.get(code="EX-T3").retired is retired
    assert FrameworkItem.objects.count() == 5


# --- What is not sound -----------------------------------------------------------------------------------------------


def test_an_unsound_pack_loads_nothing_at_all(db, pack):
    pack.replace(f"micro-credentials/{FINDING_OUT}.yaml", "family: ", "family: no-such-")
    with pytest.raises(PackNotSound):
        load_pack(pack.directory)
    assert {name for name, found in rows().items() if found} == {"JournalHead"}


def test_an_unsound_change_leaves_what_was_loaded_as_it_was(db, pack):
    load_pack(pack.directory)
    before = rows()
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "effort_hours: 4", "effort_hours: -4")
    with pytest.raises(PackNotSound):
        load_pack(pack.directory)
    assert rows() == before


def test_what_fails_half_way_leaves_nothing_behind(db, pack):
    """The decision is changed, which no pack may do; everything before it in the same loading is taken back."""
    load_pack(pack.directory)
    before = rows()
    pack.replace(f"micro-credentials/{FINDING_OUT}.yaml", "effort_hours: ", "effort_hours: 1")
    pack.replace("recognitions.yaml", "valid_until: null", "valid_until: 2027-01-01")
    with pytest.raises(Exception, match="A decision is not changed"):
        load_pack(pack.directory)
    assert rows() == before


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_checks_without_touching_the_database():
    code, told, wrong = loaded("check", str(EXAMPLE), str(NORTH_CAROLINA))
    assert (code, wrong) == (0, "")
    assert told == f"{EXAMPLE}: sound.\n{NORTH_CAROLINA}: sound.\n"


def test_the_command_names_every_mistake_with_its_file_and_line(pack):
    file = f"micro-credentials/{EXPLAINING}.yaml"
    pack.replace(file, "effort_hours: 4", "effort_hours: four")
    line = pack.line_of(file, "effort_hours: four")
    code, told, wrong = loaded("check", str(pack.directory), str(EXAMPLE))
    assert code == 1
    assert f"{file}:{line}: effort_hours:" in wrong
    assert "1 mistake" in told
    assert f"{EXAMPLE}: sound." in told


def test_the_command_loads_and_says_what_the_state_now_has(db):
    code, told, wrong = loaded("load", str(EXAMPLE))
    assert (code, wrong) == (0, "")
    assert told.startswith("Example: ")
    assert "2 micro-credentials (2 new versions)" in told
    assert "(0 new versions)" in loaded("load", str(EXAMPLE))[1]


def test_the_command_refuses_an_unsound_pack_and_still_loads_the_sound_one(db, pack):
    pack.replace("state.yaml", "code: example", "code: Not a Code")
    code, told, wrong = loaded("load", str(pack.directory), str(EXAMPLE))
    assert code == 1
    assert "state.yaml" in wrong
    assert "nothing was loaded. Mend the mistakes and load it again." in wrong
    assert "Example: " in told
    assert State.objects.count() == 1


def test_the_command_says_that_a_folder_is_not_there(tmp_path):
    code, _, wrong = loaded("check", str(tmp_path / "nowhere"))
    assert code == 1
    assert "There is no folder" in wrong


def test_the_command_says_in_words_what_a_pack_may_not_change(db, pack):
    loaded("load", str(pack.directory))
    pack.replace("recognitions.yaml", "valid_until: null", "valid_until: 2027-01-01")
    code, _, wrong = loaded("load", str(pack.directory))
    assert code == 1
    assert "A decision is not changed" in wrong
    assert "nothing was loaded" in wrong


def test_a_pack_that_names_what_an_issuer_began_here_is_not_loaded(db, pack):
    load_pack(EXAMPLE)
    version = Version.objects.get(micro_credential__slug=EXPLAINING)
    facts = {"status": "published", "begun_by": cast.make_person("Dora Designer")}
    Draft.objects.create(issuer=version.micro_credential.issuer, version=version, **facts)
    load_pack(EXAMPLE)
    pack.replace(f"micro-credentials/{EXPLAINING}.yaml", "effort_hours: 4", "effort_hours: 5")
    with pytest.raises(PackNotSound, match="in the studio") as refused:
        load_pack(pack.directory)
    assert [(it.file, it.path) for it in refused.value.mistakes] == [(f"micro-credentials/{EXPLAINING}.yaml", "slug")]


def test_it_says_which_figures_raise_an_alarm(db, settings):
    load_pack(EXAMPLE)
    settings.STATE = "example"
    rules = rules_in_force()
    assert (rules.months, rules.confidence, rules.quiet_days) == (6, 0.95, 90)
    assert [(each.measure.value, each.of, each.below, each.above) for each in rules.alarms] == [
        ("turnaround", "issuers", 0.8, None),
        ("first-time", "versions", 0.25, 0.9),
    ]
    load_pack(EXAMPLE)
    assert JournalLine.objects.filter(event="state:oversight:set").count() == 1
