"""Text that people write in Markdown, made safe to show."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# Headings that authors write begin below those of the page they appear on.
HEADINGS_BELOW_THE_PAGE = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
ALLOWED_TAGS = {
    "p",
    "br",
    "hr",
    "ul",
    "ol",
    "li",
    "em",
    "strong",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


# Published text is shown far oftener than it is written, and reading Markdown costs a millisecond.
@lru_cache(maxsize=1024)
def markdown(text: str) -> Markup:
    """Give the HTML of `text` (CommonMark with tables), cleaned to the tags and addresses allowed above."""
    tokens = _reader.parse(text)
    for token in tokens:
        token.tag = HEADINGS_BELOW_THE_PAGE.get(token.tag, token.tag)
    drawn = _reader.renderer.render(tokens, _reader.options, {})
    # nh3 has removed every tag and attribute that is not listed, so the result is safe to mark.
    return Markup(  # noqa: S704
        nh3.clean(
            drawn,
            tags=ALLOWED_TAGS,
            attributes=ALLOWED_ATTRIBUTES,
            url_schemes=ALLOWED_SCHEMES,
            link_rel="noopener noreferrer",
        )
    )
