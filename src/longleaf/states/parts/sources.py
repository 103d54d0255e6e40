"""`sources.yaml`: the pages on which the facts of the pack rest."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Part, Text, WebAddress


class Source(Part):
    """One page; `seen` says in plain words how much of it was readable."""

    code: Code
    title: Text
    url: WebAddress | None
    seen: Text
    note: str = ""


class Sources(Part):
    sources: tuple[Source, ...]
