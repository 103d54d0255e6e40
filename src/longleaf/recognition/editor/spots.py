"""Single values inside the text of a policy: where each stands, and the text with some of them changed.

A form changes one value and nothing around it, so comments, order and line breaks stay as their writer left them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What may stand without quotes and still means what it says.
_BARE = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?|[0-9]{4}-[0-9]{2}-[0-9]{2}|true|false")


@dataclass(frozen=True)
class Spot:
    """One value: its line, from where to where it stands in the text, and whether it stands there without quotes.

    A `folded` one runs over several lines and is changed in the whole text only.
    """

    line: int
    start: int
    end: int
    value: str
    bare: bool
    folded: bool


def spots_in(text: str) -> dict[str, Spot]:
    """Every single value of a text by its path, such as `versions[0].total`. Empty where it cannot be read.

    A text with aliases is not: what it stands for may be larger than any page.
    """
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)):
            return {}
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return {}
    return dict(_within(root, "", 0)) if root is not None else {}


def changed(text: str, values: Mapping[str, str]) -> str:
    """The text with some values changed, by their paths. Paths that are not there, or folded, change nothing."""
    spots = spots_in(text)
    wanted = [(spots[path], value) for path, value in values.items() if path in spots and not spots[path].folded]
    for spot, value in sorted(wanted, key=lambda each: -each[0].start):
        if value != spot.value:
            text = text[: spot.start] + _written(value, spot) + text[spot.end :]
    return text


def _written(value: str, spot: Spot) -> str:
    # A number stays a number; whatever else is typed is quoted, so that it can mean nothing but itself.
    return value if spot.bare and _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _within(node: yaml.Node, path: str, depth: int) -> Iterator[tuple[str, Spot]]:
    if depth > 20:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _within(value, f"{path}.{key.value}".removeprefix("."), depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _within(value, f"{path}[{number}]", depth + 1)
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark, node.end_mark
        folded = node.style in {"|", ">"} or start.line != end.line
        yield path, Spot(start.line + 1, start.index, end.index, node.value, not node.style, folded)
