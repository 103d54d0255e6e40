import pytest

from longleaf.kit.authored import markdown


def test_markdown_becomes_html_with_headings_below_the_page() -> None:
    assert str(markdown("# Why\n\nWe *teach*.")) == "<h3>Why</h3>\n<p>We <em>teach</em>.</p>\n"


def test_links_tell_the_other_site_nothing() -> None:
    assert str(markdown("[a](https://example.org)")) == (
        '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](https://tracker.example/pixel.png)",
        '<p style="position:fixed">over everything</p>',
    ],
)
def test_nothing_that_acts_or_calls_home_is_left(text: str) -> None:
    drawn = str(markdown(text))
    assert not any(f"<{tag}" in drawn for tag in ("script", "img", "p style"))
    assert 'href="javascript' not in drawn
