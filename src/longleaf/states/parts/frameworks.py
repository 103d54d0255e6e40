"""`frameworks/*.yaml`: competency standards that micro-credentials align to."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Sourced, Text, WebAddress


class FrameworkItem(Sourced):
    """One standard or element. Codes stay unique across all frameworks of a pack.

    `description` is our paraphrase and may be empty; `earlier_title` is the name under which older
    alignments know the item.
    """

    code: Code
    title: Text
    parent: Code | None
    description: str = ""
    earlier_title: str = ""


class Framework(Sourced):
    """A set of standards; `codes` says whether the item codes are as published or ours."""

    code: Code
    title: Text
    owner: Text
    edition: Text
    codes: Text
    url: WebAddress | None = None
    items: tuple[FrameworkItem, ...]
