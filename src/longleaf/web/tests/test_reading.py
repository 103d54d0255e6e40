"""The reader of pages sees what a strict browser would refuse: a check that cannot fail is none."""

from __future__ import annotations

import pytest

from longleaf.web.tests.reading import inline_parts


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<script type=module>1</script>",
        "<style>p{}</style>",
        '<p style="color:red">',
        '<a onclick="go()">',
        '<a hx-on:click="go()">',
        '<a href=" JavaScript:go()">',
    ],
)
def test_it_finds_what_is_inline(html):
    assert len(inline_parts(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/a.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '<p class="style" data-on="1">',
    ],
)
def test_it_lets_the_rest_through(html):
    assert inline_parts(html) == []
