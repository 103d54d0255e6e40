"""Parts of a page that are drawn once: `{% kept "facets", asked %}…{% endkept %}` in a template.

`kept` holds until the next decision, `kept_for_ever` is for what never changes (see `kit.keeping` for both). The words
after the tag name all that the part depends on beside those facts; the template and the place in it are added. Whatever
only the part needs is best handed over lazily, so that nothing is read from the database while the part is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from longleaf.kit import keeping


class KeptParts(Extension):
    """Gives templates the tags `kept` and `kept_for_ever`."""

    tags = {"kept", "kept_for_ever"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn the tag into a call that draws its body only when nothing is kept."""
        tag = next(parser.stream)
        key = parser.parse_tuple(with_condexpr=True)
        body = parser.parse_statements((f"name:end{tag.value}",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{tag.lineno}")
        call = self.call_method(f"_{tag.value}", [place, key])
        return nodes.CallBlock(call, [], [], body).set_lineno(tag.lineno)

    def _kept(self, place: str, key: Hashable, caller: Callable[[], str]) -> str:
        return keeping.as_decided("part", place, key, make=caller)

    def _kept_for_ever(self, place: str, key: Hashable, caller: Callable[[], str]) -> str:
        return keeping.for_ever("part", place, key, make=caller)
