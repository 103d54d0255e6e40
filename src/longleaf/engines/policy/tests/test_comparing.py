"""Two documents are compared rule by rule, and only what they say matters."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from longleaf.engines.policy.comparing import Change, Fate, Step, compare
from longleaf.engines.policy.tests.small_policy import document


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(document()), **changes}


def test_the_same_document_differs_in_nothing_however_it_is_written() -> None:
    plain = {"id": "P", "values": [{"id": "a", "worth": {"credits": 3}, "since": date(2024, 2, 29), "on": ["x", "y"]}]}
    other = {"values": [{"on": ["y", "x"], "since": "2024-02-29", "worth": {"credits": 3.0}, "id": "a"}], "id": " P\n"}
    assert compare(plain, other) == ()
    assert compare(document(), document()) == ()


def test_what_a_part_of_a_version_asks_is_told_with_its_place() -> None:
    after = changed()
    version = after["versions"][0]
    part = version["requirements"][0]["parts"][0]
    part["credits"] += 1
    version["total"] += 1
    [found] = compare(document(), after)
    assert (found.fate, found.part, found.name, found.title) == (
        Fate.CHANGED,
        "versions",
        version["id"],
        version["title"],
    )
    roles = ", ".join(sorted(version["requirements"][0]["roles"]))
    place = f"requirements / {roles} / parts / {part['category']} / credits"
    assert [(it.path, it.before, it.after) for it in found.changes] == [
        ("total", str(version["total"] - 1), str(version["total"])),
        (place, str(part["credits"] - 1), str(part["credits"])),
    ]
    # What names an entry is told apart from a key, so that pages can call keys by words of their own.
    assert [step.is_name for step in found.changes[1].steps] == [False, True, False, True, False]
    assert found.said == version


def test_rules_come_and_go_by_their_names() -> None:
    before = {"title": "Old", "values": [{"id": "a", "of": "hour"}, {"id": "b", "of": "badge"}]}
    after = {"title": "New", "values": [{"id": "b", "of": "badge"}, {"id": "c", "of": "prize"}], "window": {"id": "w"}}
    assert [(it.fate, it.part, it.name) for it in compare(before, after)] == [
        (Fate.CHANGED, "document", ""),
        (Fate.ADDED, "values", "c"),
        (Fate.ADDED, "window", ""),
        (Fate.REMOVED, "values", "a"),
    ]


def test_entries_of_one_name_are_kept_apart() -> None:
    before = {"examples": [{"title": "One", "as_of": "2024-01-01"}, {"title": "One", "as_of": "2024-01-02"}]}
    after = {"examples": [{"title": "One", "as_of": "2024-01-01"}, {"title": "One", "as_of": "2024-01-03"}]}
    [found] = compare(before, after)
    assert (found.name, found.changes) == ("One (2)", (Change((Step("as_of"),), "2024-01-02", "2024-01-03"),))
