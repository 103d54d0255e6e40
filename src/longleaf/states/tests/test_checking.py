"""Every kind of mistake is found, and told with file, line, place and a way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from longleaf.reminders.sources import sources
from longleaf.states.checking import check_pack
from longleaf.states.errors import Mistake
from longleaf.states.tests.packs import NORTH_CAROLINA, copy_of_example

EXPLAINING = "micro-credentials/explaining-clearly.yaml"
FRAMEWORK = "frameworks/ex-teaching.yaml"


@dataclass(frozen=True)
class Case:
    """One spoiled spot: in `file`, `new` takes the place of `old`; the mistake is told for the line that holds `at`."""

    file: str
    old: str
    new: str
    at: str
    path: str
    reason: str


SHAPES = {
    "a name is misspelt": Case(
        "state.yaml",
        "demonym: ",
        "demonim: ",
        "demonim",
        "demonim",
        "“demonim” is not known here; did you mean “demonym”?",
    ),
    "a name inside a list is misspelt": Case(
        EXPLAINING,
        "note: Record",
        "level: easy, note: Record",
        "level: easy",
        "resources[0].level",
        "“level” is not known here; take it away or write one of: note, title, url.",
    ),
    "something is missing": Case(
        EXPLAINING,
        "competency: The teacher",
        "# The teacher",
        "slug: explaining-clearly",
        "competency",
        "This is missing; add it.",
    ),
    "text is empty": Case(
        "glossary.yaml",
        "definition: What",
        "definition: '' # What",
        "definition",
        "terms[0].definition",
        "This is empty; write something or, where it may be absent, take the line away.",
    ),
    "a code is a number": Case(
        "quality-rubric.yaml",
        'version: "7"',
        "version: 7",
        "version:",
        "version",
        "This must be text; put codes and numbers in quotes.",
    ),
    "a number is text": Case(
        EXPLAINING,
        "effort_hours: 4",
        'effort_hours: "4"',
        "effort_hours",
        "effort_hours",
        "This must be a whole number, without quotes.",
    ),
    "a number is no whole one": Case(
        EXPLAINING,
        "effort_hours: 4",
        "effort_hours: 4.5",
        "effort_hours",
        "effort_hours",
        "This must be a whole number, without quotes.",
    ),
    "a number is too small": Case(
        EXPLAINING,
        "most: 1",
        "most: 0",
        "most:",
        "requirements[0].files.most",
        "This must be at least 1.",
    ),
    "a flag is a word": Case(
        "stacks.yaml",
        "ordered: true",
        'ordered: "true"',
        "ordered",
        "stacks[0].ordered",
        "This must be true or false, without quotes.",
    ),
    "a list is one thing": Case(
        EXPLAINING,
        "topics: [classroom-practice]",
        "topics: classroom-practice",
        "topics",
        "topics",
        "This must be a list; start each entry with a dash.",
    ),
    "a mapping is one thing": Case(
        EXPLAINING,
        "audience: {roles: [teacher], grade_bands: [primary, secondary]}",
        "audience: teacher",
        "audience",
        "audience",
        "This must be a mapping of names to values.",
    ),
    "a day is a word": Case(
        "recognitions.yaml",
        "valid_from: 2026-02-01",
        "valid_from: soon",
        "soon",
        "quality_decisions[0].valid_from",
        "This must be a day, written like 2024-06-30.",
    ),
    "a choice is not offered": Case(
        EXPLAINING,
        "kinds: [audio]",
        "kinds: [song]",
        "kinds",
        "requirements[0].files.kinds[0]",
        "This is not known here; write one of: pdf, office, image, audio or video.",
    ),
    "a standing is not known": Case(
        "glossary.yaml",
        "standing: synthetic",
        "standing: certain",
        "standing",
        "terms[0].standing",
        "This is not known here; write one of: official, verified, partly_verified, inferred, reconstructed, "
        "proposed, from_memory, not_found or synthetic.",
    ),
    "a code has a blank": Case(
        FRAMEWORK,
        "code: EX-T1a",
        "code: EX T1a",
        "EX T1a",
        "items[1].code",
        "A code holds letters, digits, dots, dashes and underscores only.",
    ),
    "a slug has capitals": Case(
        "stacks.yaml",
        "slug: first-steps",
        "slug: First-Steps",
        "slug",
        "stacks[0].slug",
        "Write it in small letters and digits, with single dashes between words.",
    ),
    "a colour has a name": Case(
        "state.yaml",
        '"#1c3d6e"',
        '"navy"',
        "navy",
        "colours.primary",
        'A colour is written as # and six digits from 0 to f, in quotes, like "#1f4d3a".',
    ),
    "an address has no scheme": Case(
        EXPLAINING,
        "url: null, note: Record",
        "url: example.org, note: Record",
        "example.org",
        "resources[0].url",
        "A web address starts with https:// or http:// and has no spaces.",
    ),
}

BETWEEN_FILES = {
    "a code is used twice in a file": Case(
        FRAMEWORK,
        "items:\n",
        "items:\n  - {code: EX-T2, title: Leads, parent: null, standing: synthetic}\n",
        "title: Teaches",
        "items[3].code",
        f"“EX-T2” is already used in {FRAMEWORK}, line 9; each needs its own.",
    ),
    "a requirement is there twice": Case(
        EXPLAINING,
        "completion: []",
        "completion: []\n"
        "  - {code: recording, part: all, title: Again, prompt: Again., accepts: [link], completion: []}",
        "title: Again",
        "requirements[2].code",
        f"“recording” is already used in {EXPLAINING}, line 42; each needs its own.",
    ),
    "a parent is unknown": Case(
        FRAMEWORK,
        "parent: EX-T2,",
        "parent: EX-T3,",
        "EX-T3",
        "items[3].parent",
        "“EX-T3” is not in this framework; did you mean “EX-T2”?",
    ),
    "an issuer is unknown": Case(
        EXPLAINING,
        "issuer: ex-college",
        "issuer: ex-colege",
        "issuer",
        "issuer",
        "“ex-colege” is not in organisations.yaml or organisations.csv; did you mean “ex-college”?",
    ),
    "an issuer may not issue": Case(
        EXPLAINING,
        "issuer: ex-college",
        "issuer: ex-board",
        "issuer",
        "issuer",
        "“ex-board” does not have the role issuer; add the role to it or name another.",
    ),
    "a family is unknown": Case(
        EXPLAINING,
        "family: teaching",
        "family: music",
        "family",
        "family",
        "“music” is not in families.yaml; add it to families.yaml or mend the code.",
    ),
    "a topic is unknown": Case(
        EXPLAINING,
        "topics: [classroom-practice]",
        "topics: [classroom]",
        "topics",
        "topics[0]",
        "“classroom” is not in vocabulary.yaml; add it to vocabulary.yaml or mend the code.",
    ),
    "an alignment leads nowhere": Case(
        EXPLAINING,
        "item: EX-T2a",
        "item: ISTE-1",
        "ISTE-1",
        "alignments[0].item",
        "“ISTE-1” is not in the frameworks; add it to the frameworks or mend the code.",
    ),
    "a source is unknown": Case(
        "glossary.yaml",
        "    standing: synthetic",
        "    standing: verified\n    sources: [handbook]",
        "handbook",
        "terms[0].sources[0]",
        "“handbook” is not in sources.yaml; add it to sources.yaml or mend the code.",
    ),
    "what is verified names no source": Case(
        "glossary.yaml",
        "    standing: synthetic",
        "    standing: verified",
        "standing",
        "terms[0].standing",
        "What is verified was seen somewhere; name the source, or choose another standing.",
    ),
    "a source is cited by nothing": Case(
        "sources.yaml",
        "sources: []",
        "sources:\n  - {code: page, title: A page, url: null, seen: whole text read}",
        "A page",
        "sources[0].code",
        "Nothing rests on “page”; cite it where it belongs or take it away.",
    ),
    "a criterion looks at what is not asked for": Case(
        EXPLAINING,
        "requirements: [recording, afterthought]",
        "requirements: [recording, afterthought, film]",
        "film]",
        "rubric.criteria[1].requirements[2]",
        "“film” is not in the requirements of this file; add it to the requirements of this file or mend the code.",
    ),
    "a criterion looks at nothing": Case(
        EXPLAINING,
        "requirements: [recording]",
        "requirements: []",
        "code: order",
        "rubric.criteria[0]",
        "Criterion “order” looks at nothing; name the requirements it is judged on.",
    ),
    "a requirement is judged by nothing": Case(
        EXPLAINING,
        "requirements: [recording, afterthought]",
        "requirements: [recording]",
        "code: afterthought",
        "requirements[1].code",
        "No criterion looks at “afterthought”; name it in one, or do not ask for it.",
    ),
    "a level has no words": Case(
        EXPLAINING,
        "{one: No order., two",
        "{two",
        "Some order.",
        "rubric.criteria[0].levels",
        "Say what “one” looks like for “order”; add it under `levels`.",
    ),
    "the engine refuses a rubric": Case(
        EXPLAINING,
        "weight: 2",
        "weight: 0",
        "weight: 0",
        "rubric.criteria[0].weight",
        "This must be more than 0.",
    ),
    "the engine refuses a panel rule": Case(
        EXPLAINING,
        "criterion_met_when: {level: three}",
        "criterion_met_when: {level: five}",
        "level: five",
        "panel_rule.criterion_met_when.level",
        "“five” is not a level of the rubric: one, two, three, four.",
    ),
    "a lead where nobody leads": Case(
        "agency-criteria.yaml",
        "panel_rule: {readers: 1}",
        "panel_rule: {readers: 2, when_they_differ: lead}",
        "when_they_differ: lead",
        "panel_rule.when_they_differ",
        "Reviewers have no lead assessor; write `third_reader`, or `none` with an odd number of readers.",
    ),
    "criteria take over what is not there": Case(
        "agency-criteria.yaml",
        "panel_rule: {readers: 1}",
        "panel_rule: {readers: 1}\ntakes: [PROMISE-1]",
        "takes: [PROMISE-1]",
        "takes[0]",
        "“PROMISE-1” is not in agency-criteria.yaml; add it to agency-criteria.yaml or mend the code.",
    ),
    "the engine refuses a policy": Case(
        "policy/renewal.yaml",
        "cycle_years: 3",
        "cycle_years: many",
        "cycle_years",
        "versions[0].cycle_years",
        "This must be a number.",
    ),
    "what a unit asks does not fit the state's policy": Case(
        "policy/overlays/001.yaml",
        'of: ["clock_hour"]',
        'of: ["portfolio"]',
        "portfolio",
        "caps[0].of",
        "“portfolio” is not defined; define it, or write one of: clock_hour, micro_credential.",
    ),
    "readers of evidence may meet": Case(
        EXPLAINING,
        "panel_rule:\n  readers: 1\n",
        "panel_rule:\n  reconciliation: {days: 7}\n  readers: 3\n",
        "reconciliation",
        "panel_rule.reconciliation",
        "Readers of evidence never meet; only a quality rubric may let them. Leave it out.",
    ),
    "an example of a policy does not come out": Case(
        "policy/renewal.yaml",
        "expect: {counted: 0.6667}",
        "expect: {counted: 0.6666}",
        "0.6666",
        "examples[1].expect.counted",
        "Expected 0.6666, but the ledger says 0.6667.",
    ),
    "a policy cites an unknown source": Case(
        "policy/renewal.yaml",
        'jurisdiction: "EX"\nsource_ids: []',
        'jurisdiction: "EX"\nsource_ids: ["law"]',
        'id: "EX-renewal"',
        "",
        "“law” is not in sources.yaml; add it there or mend the code.",
    ),
    "a unit's policy cites an unknown source": Case(
        "policy/overlays/001.yaml",
        'rules"\nsource_ids: []',
        'rules"\nsource_ids: ["law"]',
        "overlay_of",
        "",
        "“law” is not in sources.yaml; add it there or mend the code.",
    ),
    "a part of the submission is unknown": Case(
        EXPLAINING,
        "code: afterthought\n    part: all",
        "code: afterthought\n    part: end",
        "part: end",
        "requirements[1].part",
        "“end” is not in the parts of this file; add it to the parts of this file or mend the code.",
    ),
    "a part of the submission is empty": Case(
        EXPLAINING,
        "description: One part is enough.}",
        "description: One part is enough.}\n  - {code: more, title: More, description: Nothing.}",
        "code: more",
        "parts[1].code",
        "Part “more” holds no requirement; add one or take the part away.",
    ),
    "text has no limits": Case(
        EXPLAINING,
        "    words: {min: 20, max: 120}\n",
        "",
        "code: afterthought",
        "requirements[1]",
        "It accepts text; add its limits under `words`.",
    ),
    "limits of files are for nothing": Case(
        EXPLAINING,
        "accepts: [file]",
        "accepts: [link]",
        "files:",
        "requirements[0].files",
        "It does not accept file; take `files` away or add file to `accepts`.",
    ),
    "limits of words are turned round": Case(
        EXPLAINING,
        "{min: 20, max: 120}",
        "{min: 120, max: 20}",
        "words:",
        "requirements[1].words.max",
        "The most words are fewer than the least; turn them round.",
    ),
    "a stack holds what is not there": Case(
        "stacks.yaml",
        "members: [finding-out-first, explaining-clearly]",
        "members: [finding-out-first, singing]",
        "members",
        "stacks[0].members[1]",
        "“singing” is not in micro-credentials; add it to micro-credentials or mend the code.",
    ),
    "a stack holds one": Case(
        "stacks.yaml",
        "members: [finding-out-first, explaining-clearly]",
        "members: [finding-out-first]",
        "members",
        "stacks[0].members",
        "A stack needs at least two micro-credentials.",
    ),
    "a decision is on a version to come": Case(
        "recognitions.yaml",
        "version: 2\n",
        "version: 3\n",
        "    version: 3",
        "quality_decisions[0].version",
        "“explaining-clearly” has no version 3 yet; the pack holds version 2.",
    ),
    "a decision is by another rubric": Case(
        "recognitions.yaml",
        'rubric_version: "7"',
        'rubric_version: "6"',
        "rubric: ",
        "quality_decisions[0].rubric",
        "The pack holds “ex-quality” in version 7; name that one.",
    ),
    "a decision is by who may not decide": Case(
        "recognitions.yaml",
        "decided_by: ex-board\n    rubric",
        "decided_by: ex-college\n    rubric",
        "decided_by: ex-college",
        "quality_decisions[0].decided_by",
        "“ex-college” does not have the role recognizer; add the role to it or name another.",
    ),
    "a decision ends before it begins": Case(
        "recognitions.yaml",
        "valid_until: null",
        "valid_until: 2026-01-31",
        "2026-01-31",
        "quality_decisions[0].valid_until",
        "It ends before it begins; mend one of the two days.",
    ),
    "a decision holds before it is made": Case(
        "recognitions.yaml",
        "decided_on: 2026-01-05",
        "decided_on: 2026-03-05",
        "valid_from: 2026-02-01",
        "quality_decisions[0].valid_from",
        "It holds before it was decided; mend one of the two days.",
    ),
    "conditions have no decision": Case(
        "recognitions.yaml",
        "decision: recognised_with_conditions",
        "decision: returned",
        "decision: returned",
        "agency_approvals[0].decision",
        "Conditions go with “recognised_with_conditions”, and with nothing else; mend one of the two.",
    ),
    "the agency is no state agency": Case(
        "state.yaml",
        "agency: ex-board",
        "agency: ex-college",
        "agency: ex-college",
        "agency",
        "“ex-college” is no state agency; name the one that runs this system, or mend its kind.",
    ),
    "a region is unknown": Case(
        "organisations.yaml",
        "region: north",
        "region: south",
        "region: south",
        "organisations[2].place.region",
        "“south” is not in state.yaml; add it to state.yaml or mend the code.",
    ),
    "a category is unknown": Case(
        "quality-rubric.yaml",
        "number: 1\n    category: content",
        "number: 1\n    category: cost",
        "category: cost",
        "standards[0].category",
        "“cost” is not in the list in this file; add it to the list in this file or mend the code.",
    ),
    "two components share a code": Case(
        "quality-rubric.yaml",
        "code: MARK-2.a",
        "code: MARK-1.a  # again",
        "# again",
        "standards[1].components[0].code",
        "The code “MARK-1.a” is used twice; each needs its own.",
    ),
    "text cannot be read on its ground": Case(
        "state.yaml",
        'ink: "#15191e"',
        'ink: "#8a9099"',
        "#8a9099",
        "colours.ink",
        "Text in it on `surface` has a contrast of 3.0 where 4.5 is needed; darken it.",
    ),
    "a family is too pale": Case(
        "families.yaml",
        '"#704214"',
        '"#f0e0c0"',
        "#f0e0c0",
        "families[1].colour",
        "On white it has a contrast of 1.3 where 3.0 is needed; choose a darker one.",
    ),
    "two families look alike": Case(
        "families.yaml",
        "icon: pencil",
        "icon: chalk",
        "code: planning",
        "families[1].icon",
        "“teaching” has this icon already; families must be told apart.",
    ),
    "a holiday lies outside the years": Case(
        "calendar.yaml",
        "day: 2027-03-10",
        "day: 2028-03-10",
        "2028",
        "holidays[1].day",
        "This day lies outside the years of the calendar; add its year to `years` or take it away.",
    ),
    "a pool is of nobody": Case(
        "assessor-pools.yaml",
        "organisation: ex-college",
        "organisation: ex-colege",
        "ex-colege",
        "pools[0].organisation",
        "“ex-colege” is not in organisations.yaml or organisations.csv; did you mean “ex-college”?",
    ),
    "a rule of a pool is none": Case(
        "assessor-pools.yaml",
        "take_up_within_days: 2",
        "take_up_within_days: 0",
        "rules:",
        "pools[1].rules",
        "“take_up_within_days” must lie between 1 and 3660, not be 0.",
    ),
    "a gate of a pool asks for what cannot be": Case(
        "assessor-pools.yaml",
        "attempts: 2",
        "attempts: 0",
        "attempts: 0",
        "pools[1].gate.test.attempts",
        "This must be 1 or more.",
    ),
    "a gate of the state asks for what is not known": Case(
        "assessor-pools.yaml",
        "pools:\n",
        "gate: {certification: perhaps}\n\npools:\n",
        "certification: perhaps",
        "gate.certification",
        "“perhaps” is not one of: required, once_anchored, recommended, none.",
    ),
    "a gate is of no micro-credential": Case(
        "assessor-pools.yaml",
        "micro_credential: explaining-clearly",
        "micro_credential: explaining-clearely",
        "explaining-clearely",
        "pools[1].gates[0].micro_credential",
        "“explaining-clearely” is not in micro-credentials/; did you mean “explaining-clearly”?",
    ),
    "a fee is in no currency": Case(
        "assessor-pools.yaml",
        "currency: USD",
        "currency: dollars",
        "fees:",
        "pools[1].fees",
        "“dollars” is no currency. Give the three letters of ISO 4217, such as USD.",
    ),
    "appeals are looked at by nobody": Case(
        "appeals.yaml",
        "looked_at_by: ex-board",
        "looked_at_by: ex-bord",
        "ex-bord",
        "looked_at_by",
        "“ex-bord” is not in organisations.yaml or organisations.csv; did you mean “ex-board”?",
    ),
    "a figure that raises an alarm is not measured": Case(
        "oversight.yaml",
        "measure: turnaround, of: issuers",
        "measure: happiness, of: issuers",
        "happiness",
        "alarms[0].measure",
        "“happiness” is not measured. Write one of: first-time, in-the-end, turnaround, agreement, appeals, "
        "complaints.",
    ),
    "a figure raises an alarm whatever it is": Case(
        "oversight.yaml",
        "below: 0.25, above: 0.9",
        "below: 0.95, above: 0.9",
        "below: 0.95",
        "alarms[1].below",
        "An alarm `below` this would be raised with every figure. It must be less than `above`.",
    ),
    "a reminder is of no kind": Case(
        "reminders.yaml",
        "reading-due: {days: [-2, 1]}",
        "reading-done: {days: [-2, 1]}",
        "reading-done",
        "kinds.reading-done",
        f"“reading-done” is no kind of reminder. The kinds are: {', '.join(sorted(sources()))}.",
    ),
    "a cycle is watched later than it is at risk": Case(
        "renewal-practice.yaml",
        "watch_months: 12",
        "watch_months: 3",
        "watch_months",
        "watch_months",
        "This is sooner than at_risk_months (4); watching comes first.",
    ),
    "a kind that rests on competency is none of the policy": Case(
        "renewal-practice.yaml",
        "answer_within: 5",
        "competency_kinds: [portfolios]",
        "competency_kinds",
        "competency_kinds",
        "The renewal policy knows no kind “portfolios”; write one of: micro_credential, clock_hour.",
    ),
    "a point of model policy is met by a rule that is not there": Case(
        "model-policy.yaml",
        "rules: [EX-value-micro-credential]",
        "rules: [EX-value-of-gold]",
        "EX-value-of-gold",
        "points[0].here.rules[0]",
        "There is no rule “EX-value-of-gold” in policy/renewal.yaml; name one that stands there.",
    ),
    "a point of model policy is met by nothing": Case(
        "model-policy.yaml",
        "met: unknown",
        "met: partly",
        "met: partly",
        "points[1].here.met",
        "Name the rule of policy/renewal.yaml by which it is met, or say that it is unknown.",
    ),
    "the time zone is unknown": Case(
        "state.yaml",
        "America/Denver",
        "Mountain",
        "Mountain",
        "time_zone",
        "This is no known time zone; write one like America/New_York.",
    ),
}


def _mistakes_of(case: Case, tmp_path: Path) -> tuple[list[Mistake], int]:
    pack = copy_of_example(tmp_path)
    pack.replace(case.file, case.old, case.new)
    return check_pack(pack.directory), pack.line_of(case.file, case.at)


@pytest.mark.parametrize("name", [*SHAPES, *BETWEEN_FILES])
def test_it_tells_a_mistake_once_with_file_line_place_and_how_to_mend_it(name: str, tmp_path: Path) -> None:
    case = {**SHAPES, **BETWEEN_FILES}[name]
    mistakes, line = _mistakes_of(case, tmp_path)
    assert mistakes == [Mistake(case.file, line, case.path, case.reason)]


def test_it_tells_the_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.replace("state.yaml", "time_zone: America/Denver", "time_zone: 7")
    pack.replace("families.yaml", "icon: chalk", "icon: Chalk Board")
    pack.replace("stacks.yaml", "ordered: true", "ordered: NO")
    pack.replace("recognitions.yaml", "rubric: ex-quality", "rubric: other")
    assert [(it.file, it.path) for it in check_pack(pack.directory)] == [
        ("families.yaml", "families[0].icon"),
        ("recognitions.yaml", "quality_decisions[0].rubric"),
        ("stacks.yaml", "stacks[0].ordered"),
        ("state.yaml", "time_zone"),
    ]


def test_it_does_not_blame_other_files_for_one_that_is_wrong(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.replace("organisations.yaml", "kind: university", "kind: choir")
    assert [it.file for it in check_pack(pack.directory)] == ["organisations.yaml"]


def test_it_misses_a_file_that_is_not_there(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    (pack.directory / "glossary.yaml").unlink()
    missing = Mistake("glossary.yaml", None, "", "This file is missing; every pack has one.")
    assert check_pack(pack.directory) == [missing]


def test_it_asks_about_a_file_that_nothing_reads(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.write("frameworks/more.yml", "code: more")
    unread = Mistake("frameworks/more.yml", None, "", "Nothing reads this file; mend its name or take it away.")
    assert check_pack(pack.directory) == [unread]


def test_it_asks_for_the_name_of_the_file_to_be_the_slug(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    (pack.directory / EXPLAINING).rename(pack.directory / "micro-credentials" / "clear.yaml")
    reason = "The file must be named as the slug: explaining-clearly.yaml."
    assert check_pack(pack.directory) == [Mistake("micro-credentials/clear.yaml", 1, "slug", reason)]


def test_it_finds_every_item_of_a_circle_of_parents(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.replace(FRAMEWORK, "title: Plans, parent: null", "title: Plans, parent: EX-T1a")
    assert [it.path for it in check_pack(pack.directory)] == ["items[0].parent", "items[1].parent"]


def test_it_says_that_a_folder_is_not_there(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    reason = f"There is no folder {nowhere}; give the folder that holds state.yaml."
    assert [it.reason for it in check_pack(nowhere)][-1:] == [reason]


def test_what_a_unit_asks_bears_the_code_of_a_unit(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    overlays = pack.directory / "policy/overlays"
    (overlays / "001.yaml").rename(overlays / "900.yaml")
    assert [it.reason for it in check_pack(pack.directory)] == [
        "No organisation has the code “900”; name the file by the code of a school unit."
    ]


def test_it_does_not_call_a_source_needless_while_a_policy_cannot_be_read(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.replace("sources.yaml", "[]", "\n  - {code: law, title: The law, url: null, seen: whole text read}")
    pack.replace("policy/renewal.yaml", 'jurisdiction: "EX"\nsource_ids: []', 'jurisdiction: "EX"\nsource_ids: ["law"]')
    assert check_pack(pack.directory) == []
    pack.replace("policy/renewal.yaml", "cycle_years: 3", "cycle_years: many")
    assert [it.file for it in check_pack(pack.directory)] == ["policy/renewal.yaml"]


def test_it_finds_what_is_wrong_with_how_long_things_are_kept_and_with_forms(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.write(
        "retention.yaml",
        "standing: proposed\nkept:\n"
        "  - {kind: fils, days: 400, standing: proposed}\n"
        "  - {kind: files, days: 30, counted_from: arrival, standing: proposed}\n"
        "  - {kind: consents, days: 0, standing: proposed}\n",
    )
    (first,) = check_pack(pack.directory)
    assert str(first) == "retention.yaml:5: kept[2].days: This must be at least 1."
    pack.replace("retention.yaml", "days: 0", "days: 20")
    told = [str(mistake) for mistake in check_pack(pack.directory)]
    assert [each.partition(";")[0] for each in told] == [
        "retention.yaml:3: kept[0].kind: “fils” is no kind of thing that is kept",
        "retention.yaml:4: kept[1].counted_from: This is counted from one of: decision, badge_expiry.",
        "retention.yaml:4: kept[1].days: Keep this for at least 60 days",
        "retention.yaml:5: kept[2].days: Keep this for at least 60 days",
    ]
    (pack.directory / "retention.yaml").unlink()
    form = (NORTH_CAROLINA / "consent-form.yaml").read_text(encoding="utf-8").replace("“{title}”", "“{titel}”", 1)
    pack.write("consent-form.yaml", form)
    (wrong,) = check_pack(pack.directory)
    assert wrong.path == "forms[0].introduction"
    assert wrong.reason == "{titel} stands for nothing here; did you mean {title}?"
