"""What a browser sends when a form of the studio is saved as its page draws it."""

from __future__ import annotations

from html.parser import HTMLParser

FORM = "writing"


def sent_as_drawn(page: str) -> dict[str, list[str]]:
    """The fields of the form that parts are written in, each with what is in it when the page opens."""
    reader = _Reader()
    reader.feed(page)
    return reader.sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._in_form = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, belongs = given.get("name", ""), self._in_form or given.get("form") == FORM
        if tag == "form":
            self._in_form = given.get("id") == FORM
        elif tag == "select" and belongs:
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.sent[self._select] = [given.get("value", "")]
        elif tag == "textarea" and belongs:
            self._textarea = name
            self.sent[name] = [""]
        elif tag == "input" and belongs and name:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self.sent.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "select" and self._select:
            # A browser sends the first option, the empty one, where none is selected.
            self.sent.setdefault(self._select, [""])
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # The first line end after the tag is no part of the text.
            self.sent[self._textarea] = [self.sent[self._textarea][0].removeprefix("\n")]
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea] = [self.sent[self._textarea][0] + data]
