"""The pinned contexts are the texts that were reviewed, and nothing else is ever read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from longleaf.engines.openbadges import contexts
from longleaf.engines.openbadges.errors import ContextsMissing

REMEDY = "The contexts have not been gathered on this machine: run `make front-end`."


def test_every_pinned_context_is_here_and_is_the_pinned_text() -> None:
    try:
        gathered = contexts.pinned()
    except ContextsMissing as problem:
        pytest.fail(f"{REMEDY} ({problem})")
    assert {url: contexts.digest(dict(text)) for url, text in gathered.items()} == {
        url: pin["sha256"] for url, pin in contexts.pins().items()
    }


@pytest.mark.official
def test_they_are_the_published_texts(shared: Path) -> None:
    folder = shared / "schemas/contexts"
    index = json.loads((folder / "index.json").read_text())
    # Pinned is the text of March 2024: the one of 2026 only adds terms, which are not used in signed credentials.
    index[contexts.OPEN_BADGES] = index[f"{contexts.OPEN_BADGES}#2024-03"]
    # The copy of the W3C's test suite is older than the context that is served and packaged.
    published = set(contexts.pins()) - {"https://w3id.org/security/suites/ed25519-2020/v1"}
    assert [url for url in published if json.loads((folder / index[url]).read_text()) != contexts.pinned()[url]] == []


def test_an_altered_or_absent_context_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, pin = next(iter(contexts.pins().items()))
    monkeypatch.setattr(contexts, "_FOLDER", tmp_path)
    with pytest.raises(ContextsMissing, match=r"has not been gathered on this machine\. Run `make front-end`"):
        contexts._read(url, pin)
    (tmp_path / pin["name"]).write_text('{"@context": {"name": "urn:evil"}}')
    with pytest.raises(ContextsMissing, match="is not the text that was pinned"):
        contexts._read(url, pin)
