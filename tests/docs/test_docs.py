"""The documentation says what the code says: nothing is left out, nothing is told that is no longer there.

A new setting, event, error, command, make target, field of a pack or dependency fails here until it is described.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.urls import URLPattern

import longleaf
from longleaf.awards import machine_views
from longleaf.awards import urls as awards_urls
from longleaf.awards.management.commands import verify
from longleaf.config.command_line import GROUPS
from longleaf.demo.script import Moment
from longleaf.engines.openbadges.errors import OpenBadgesError
from longleaf.engines.openbadges.report import ENDORSEMENTS, MEMBERS, STEPS, Outcome, Verdict
from longleaf.engines.policy import conditions, reading, values
from longleaf.kit.errors import Refusal
from longleaf.states.parts.values import Part, Standing

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Rejected alternatives", "When it no longer holds"]


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    """What stands in backticks in the first cell of each row of the page's tables."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def modules(name: str) -> Iterator[object]:
    """Every module of the house with this name, such as every `errors`."""
    for found in pkgutil.walk_packages(longleaf.__path__, "longleaf."):
        if found.name.endswith(f".{name}") and ".tests" not in found.name:
            yield importlib.import_module(found.name)


def classes_in(found: object) -> list[type]:
    name = found.__name__  # type: ignore[attr-defined]
    return [each for each in vars(found).values() if isinstance(each, type) and each.__module__ == name]


# --- Settings --------------------------------------------------------------------------------------------------------


def variables() -> set[str]:
    source = ROOT / "src/longleaf"
    read = re.findall(r"env\.\w+\(\s*\"(\w+)\"", (source / "config/settings.py").read_text())
    for path in [*source.rglob("*.py"), *(ROOT / "tools").glob("*.py")]:
        read += re.findall(r"os\.environ(?:\.get\(|\[)\"(\w+)\"", path.read_text())
    return set(read)


def test_every_variable_is_described() -> None:
    assert len(variables()) > 15
    assert sorted(variables() - set(first_cells(page("settings.md")))) == []


def test_no_variable_is_described_that_nothing_reads() -> None:
    described = {code for code in first_cells(page("settings.md")) if code.startswith("LONGLEAF_")}
    assert sorted(described - variables()) == []


def test_every_check_of_production_is_described() -> None:
    found = set(re.findall(r"longleaf\.E\d+", (ROOT / "src/longleaf/config/checks.py").read_text()))
    assert found
    assert sorted(found - set(first_cells(page("settings.md")))) == []


# --- Events ----------------------------------------------------------------------------------------------------------


def events() -> set[str]:
    enums = [each for found in modules("events") for each in classes_in(found) if issubclass(each, Enum)]
    return {member.value for each in enums for member in each}


def test_every_event_is_described() -> None:
    assert len(events()) > 25
    assert sorted(events() - set(first_cells(page("journal-events.md")))) == []


def test_no_event_is_described_that_no_app_names() -> None:
    assert sorted(set(first_cells(page("journal-events.md"))) - events()) == []


# --- Errors ----------------------------------------------------------------------------------------------------------


def errors() -> dict[str, type]:
    found = [each for module in modules("errors") for each in classes_in(module)]
    return {each.code: each for each in found if issubclass(each, Refusal | OpenBadgesError) and "code" in vars(each)}


def status_of(error: type[Refusal]) -> int:
    """The status that an error answers with; one that hides what it is about says so when it is made."""
    try:
        return error().http_status  # type: ignore[call-arg]
    except TypeError:
        return error.http_status


def described_errors() -> dict[str, str]:
    """Each code with the row that describes it."""
    text = page("errors.md")
    rows = {code: line for line in text.splitlines() for code in re.findall(r"^\| `([a-z-]+)` \|", line)}
    family = {
        code: line for line in text.splitlines() for code in re.findall(r"^\| [a-z ]+ \|.*\| `([a-z-]+)` \|", line)
    }
    return {**rows, **family}


def test_every_error_is_described() -> None:
    assert len(errors()) > 50
    assert sorted(set(errors()) - set(described_errors()) - {"refused"}) == []
    assert "`refused`" in page("errors.md")


def test_no_error_is_described_that_is_never_named() -> None:
    assert sorted(set(described_errors()) - set(errors())) == []


@pytest.mark.parametrize("code", sorted(code for code, each in errors().items() if issubclass(each, Refusal)))
def test_each_error_is_described_with_its_status(code: str) -> None:
    if code == "refused":
        assert "`refused` (400)" in page("errors.md")
    else:
        assert f"| {status_of(errors()[code])}" in described_errors()[code]


def test_no_two_errors_share_a_code() -> None:
    found = [each for module in modules("errors") for each in classes_in(module)]
    codes = [vars(each)["code"] for each in found if "code" in vars(each)]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


# --- Commands --------------------------------------------------------------------------------------------------------


def commands() -> dict[str, str]:
    """Every management command of ours, as it is typed, with the app it lives in."""
    return {name.replace("_", "-"): app for name, app in get_commands().items() if str(app).startswith("longleaf.")}


def options_of(app: str, name: str) -> set[str]:
    """The options of a command beyond those that every command of Django has."""
    parser = load_command_class(app, name.replace("-", "_")).create_parser("longleaf", name)
    known = BaseCommand().create_parser("longleaf", name)._option_string_actions
    return {option for option in parser._option_string_actions if option not in known}


def section_of(text: str, command: str) -> str:
    """The page's section on a command: from its heading to the next."""
    found = [part for part in re.split(r"(?m)^### ", text) if part.startswith(f"`longleaf {command}")]
    return "\n".join(found)


def test_every_command_is_described() -> None:
    assert len(commands()) >= 6
    text = page("commands.md")
    assert [name for name in commands() if not section_of(text, name)] == []
    listed = [name for group in GROUPS.values() for name in group]
    assert [name for name in listed if f"### `longleaf {name}" not in text] == []


@pytest.mark.parametrize(("name", "app"), sorted(commands().items()))
def test_every_option_of_a_command_is_described(name: str, app: str) -> None:
    section = section_of(page("commands.md"), name)
    assert sorted(option for option in options_of(app, name) if option not in section) == []


def test_every_choice_of_an_action_is_described() -> None:
    text = page("commands.md")
    for name, app in commands().items():
        parser = load_command_class(app, name.replace("-", "_")).create_parser("longleaf", name)
        choices = [action.choices for action in parser._actions if isinstance(action, argparse._StoreAction)]
        for choice in [each for found in choices if found for each in found if isinstance(each, str)]:
            assert choice in section_of(text, name), f"longleaf {name} … {choice}"


def test_every_verdict_is_described_with_its_exit_code() -> None:
    section = section_of(page("commands.md"), "verify")
    for verdict, code in verify.EXIT_CODES.items():
        assert f"| {code} | `{verdict.value}` |" in section
    assert [step for step in STEPS if f"`{step}`" not in section] == []


def test_every_step_outcome_and_verdict_of_a_verification_is_described_and_no_other() -> None:
    text = page("verify-json.md")
    named = [*(verdict.value for verdict in Verdict), *(outcome.value for outcome in Outcome)]
    assert [code for code in first_cells(text) if code in named] == named
    rows = [
        line.split("|") for line in text.splitlines() if line.startswith("| `") and line.endswith((" yes |", " no |"))
    ]
    assert [row[1].strip(" `") for row in rows] == [*STEPS, MEMBERS]
    assert f"| `{ENDORSEMENTS}` |" in text
    for verdict, code in verify.EXIT_CODES.items():
        assert f"| `{verdict.value}` | {code} |" in text


def test_every_moment_of_the_demonstration_is_described() -> None:
    for text in (page("commands.md"), (ROOT / "README.md").read_text()):
        assert [moment.value for moment in Moment if f"`{moment.value}`" not in text] == []


def test_every_target_of_make_is_described_and_no_other() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):.*## ", (ROOT / "Makefile").read_text()))
    described = {code.removeprefix("make ") for code in first_cells(page("commands.md")) if code.startswith("make ")}
    assert described == targets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_on_a_page_exist(path: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))
    text = path.read_text(encoding="utf-8")
    shown = "\n".join([*re.findall(r"(?m)^ {4,}.*$", text), *re.findall(r"`[^`\n]+`", text)])
    assert [each for each in re.findall(r"\bmake ([a-z][a-z-]+)", shown) if each not in targets] == []
    known = {name.replace("_", "-") for name in get_commands()} | {"help"}
    assert [
        each for each in re.findall(r"(?:^|[`/ ])longleaf ([a-z]+(?:-[a-z]+)*)\b", shown) if each not in known
    ] == []


# --- Packs and documents ---------------------------------------------------------------------------------------------


def parts() -> list[type[Part]]:
    names = [each.name for each in pkgutil.iter_modules(importlib.import_module("longleaf.states.parts").__path__)]
    found = [importlib.import_module(f"longleaf.states.parts.{name}") for name in names]
    return [each for module in found for each in classes_in(module) if issubclass(each, Part)]


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_field_of_a_pack_is_described(part: type[Part]) -> None:
    text = page("state-pack.md")
    assert [name for name in part.model_fields if f"`{name}`" not in text] == []


def test_every_choice_in_a_pack_is_described() -> None:
    names = [each.name for each in pkgutil.iter_modules(importlib.import_module("longleaf.states.parts").__path__)]
    found = [importlib.import_module(f"longleaf.states.parts.{name}") for name in names]
    enums = [each for module in found for each in classes_in(module) if issubclass(each, Enum)]
    # Seven weekdays are told by the first.
    choices = {member.value for each in enums if each.__name__ != "Weekday" for member in each}
    assert [choice for choice in sorted(choices) if f"`{choice}`" not in page("state-pack.md")] == []


def test_every_standing_is_explained() -> None:
    text = (DOCS / "explanation/standing-of-facts.md").read_text()
    rows = {code: line for line in text.splitlines() for code in re.findall(r"^\| `(\w+)` \|", line)}
    assert set(rows) == {standing.value for standing in Standing}
    for standing in Standing:
        assert rows[standing.value].endswith("| yes |" if standing.rests_on_sources else "| no |")


def test_every_key_of_a_policy_is_described() -> None:
    text = page("policy-document.md")
    kinds = {**conditions.CONDITIONS, **values.WORTHS}
    wanted = {*reading.TOP, *reading.CODED, *kinds, *(key for keys, _ in kinds.values() for key in keys)}
    assert [key for key in sorted(wanted) if f"`{key}`" not in text] == []


def test_every_address_for_machines_is_described() -> None:
    text = page("addresses.md")
    for found in awards_urls.urlpatterns:
        assert isinstance(found, URLPattern)
        if found.callback.__module__ == machine_views.__name__:
            address = re.sub(r"<(\w+):\w+>", r"<\1>", f"/{found.pattern}")
            assert f"| `{address}`" in text, address
    media_types = [
        *machine_views.CREDENTIAL_KINDS,
        *machine_views.LINKED_DATA_KINDS,
        *machine_views.DID_KINDS,
        *machine_views.KEY_SET_KINDS,
        machine_views.JWT,
    ]
    assert [each for each in media_types if f"`{each}`" not in text] == []


# --- Pages and links -------------------------------------------------------------------------------------------------


def links_on(path: Path) -> list[str]:
    text = re.sub(r"(?s)```.*?```", "", path.read_text(encoding="utf-8"))
    return re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", text)


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_on_a_page_leads_somewhere(path: Path) -> None:
    for link in links_on(path):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.relative_to(ROOT)} points to {link}"
        if anchor:
            assert anchor in anchors_of(target), f"{path.relative_to(ROOT)} points to {link}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_picture_on_a_page_is_there_and_says_what_it_shows(path: Path) -> None:
    for words, picture in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / picture).is_file(), f"{path.relative_to(ROOT)} shows {picture}"
        assert words.strip()


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [
                target
                for link in links_on(path)
                if "://" not in link
                and (target := (path.parent / link.partition("#")[0]).resolve()).suffix == ".md"
                and target.is_file()
            ]
    assert [str(path.relative_to(ROOT)) for path in sorted(DOCS.rglob("*.md")) if path not in reached] == []


# --- Decisions, changelog, licence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_all_it_needs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = path.name[:4]
    assert text.startswith(f"# {number}. ")
    assert re.search(r"(?m)^- Status: (accepted|superseded by \[\d{4}\].*)$", text)
    assert re.search(r"(?m)^- Date: \d{4}-\d{2}-\d{2}$", text)
    sections = re.split(r"(?m)^## ", text)[1:]
    assert [section.partition("\n")[0] for section in sections] == HEADINGS
    assert [section.partition("\n")[0] for section in sections if not section.partition("\n")[2].strip()] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    index = (DOCS / "decisions/index.md").read_text()
    assert [path.name for path in DECISIONS if f"({path.name})" not in index] == []


def test_every_dependency_has_a_decision() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DECISIONS).lower()
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = [re.match(r"[\w.-]+", each) for each in named]
    found = [match.group().lower() for match in names if match]
    # psycopg's and others' spelling in running text.
    spelt = {"psycopg": "psycopg 3", "pyyaml": "pyyaml"}
    assert len(found) > 15
    assert [name for name in found if spelt.get(name, name) not in told] == []


def test_the_changelog_tells_of_the_version_that_runs() -> None:
    assert f"## {longleaf.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
