"""What holds for the whole house: its templates, its tables of moves, its addresses, and what is not in its code."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path.relative_to(folder).as_posix()
    for folder in PACKAGE.glob("*/templates")
    for path in folder.rglob("*")
    if path.suffix in {".html", ".txt"}
)
# Looked for by a dependency under these names.
ASKED_FOR_BY_OTHERS = re.compile(r"account/[\w/]+\.(html|txt)")
OF_NORTH_CAROLINA = re.compile(r"North Carolina|NCPTS|\bLEAs?\b|NCDPI|LICN")


def sources() -> list[Path]:
    """Every file of the product that is text, without its tests and without what is compiled."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".html", ".txt", ".svg", ".json", ".sql"}
        and "tests" not in path.parts
        and "built" not in path.parts
    ]


def test_every_template_can_be_read():
    assert len(TEMPLATES) > 60
    for name in TEMPLATES:
        assert engines["jinja2"].get_template(name), name


def test_every_template_is_used():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    # Some names are put together: the number of an error, the name of a family of components.
    used = set(re.findall(r"[\w/-]+\.(?:html|txt)", everything))
    together = [
        re.compile(re.sub(r"\\{\w+\\}", r"[\\w-]+", re.escape(name)))
        for name in re.findall(r"[\w/-]*\{\w+\}\.html", everything)
    ]
    unused = [
        name
        for name in TEMPLATES
        if name not in used and not ASKED_FOR_BY_OTHERS.fullmatch(name) and not any(p.fullmatch(name) for p in together)
    ]
    assert [name for name in unused if not name.startswith("kit/components/")] == []


def test_no_template_carries_a_script_or_a_style():
    for path in sources():
        if path.suffix == ".html":
            html = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), path
            assert not re.search(r"<script(?![^>]*\ssrc=)", html), path


def test_nothing_of_one_state_is_in_the_code():
    told = {
        path.relative_to(PACKAGE).as_posix(): OF_NORTH_CAROLINA.findall(path.read_text("utf-8")) for path in sources()
    }
    assert len(told) > 300
    assert {path: words for path, words in told.items() if words} == {}


def test_every_status_has_its_row_in_its_table_of_moves():
    modules = [import_module(f"longleaf.{name}.status") for name in ("assessment", "awards", "catalog", "panels")]
    tables = [table for module in modules for name, table in vars(module).items() if name.endswith("_MOVES")]
    assert len(tables) >= 6
    for table in tables:
        [kind] = {type(status) for status in table}
        assert set(table) == set(kind)
        assert {new for news in table.values() for new in news} <= set(kind)


def test_every_function_that_a_setting_names_is_there():
    for name in ("MICRO_CREDENTIAL_ASIDES", "ISSUER_ASIDES", "BADGE_ASIDES", "CHORES"):
        for path in getattr(settings, name):
            module, _, function = path.rpartition(".")
            assert callable(getattr(import_module(module), function)), path
    module, _, function = settings.RECOGNISER.rpartition(".")
    assert callable(getattr(import_module(module), function))


def views_of(patterns: list[Any], namespace: str = "") -> list[tuple[str, str]]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += views_of(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif isinstance(pattern, URLPattern):
            found.append((f"{namespace}{pattern.name}", str(pattern.pattern)))
    return found


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _ in views_of(get_resolver().url_patterns)]
    assert all(name and not name.endswith("None") for name in names)
    assert len(names) == len(set(names))
