"""No name in a page's context means two things: what a view gives, a context processor must not take the place of.

Django lets a processor win without a word, so that a search box once showed the state's words in place of what somebody
had looked for. Every page that any test draws is held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.template.backends import jinja2


class GivenTwice(AssertionError):
    """A view gives what a context processor gives, too."""


class Context(dict[str, Any]):
    """A context to which processors may only add."""

    def update(self, given: Mapping[str, Any]) -> None:  # type: ignore[override]
        if twice := sorted(name for name in given if name in self and self[name] is not given[name]):
            raise GivenTwice(f"Every page is given {', '.join(twice)}; give what this view tells another name.")
        super().update(given)


def hold_to_it(patch: pytest.MonkeyPatch) -> None:
    """Refuse to draw such a page for as long as the patch lasts."""
    render = jinja2.Template.render

    def drawn(self: Any, context: Mapping[str, Any] | None = None, request: Any = None) -> Any:
        return render(self, Context(context or {}), request)

    patch.setattr(jinja2.Template, "render", drawn)
