"""Asking every address of the installation as somebody: found by the table of addresses and by what pages lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from longleaf.directory.models import Person
from tests.blindness.words import told_by

# Where an address has the same shape as others that were asked already, so many of them tell what all would.
OF_A_SHAPE = 4
# Nobody goes through the pages of a list one by one, nor leaves by the door.
NEVER = {"account_logout", "demo:become"}


@dataclass(frozen=True)
class Answer:
    """What came over the wire."""

    address: str
    name: str
    status: int
    heads: str
    content: bytes
    kind: str
    sent_to: str

    @property
    def texts(self) -> Iterator[str]:
        yield self.heads
        yield from told_by(self.content, kind=self.kind)


@dataclass
class Visitor:
    """Somebody, or nobody, with their browser."""

    person: Person | None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __post_init__(self) -> None:
        if self.person is not None:
            self.client.force_login(self.person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(self, address: str, **headers: str) -> Answer:
        return answer_of(address, self.client.get(address, headers=headers))

    def post_nothing(self, address: str) -> Answer:
        """What is said to an empty form; whatever it changed is undone."""
        with transaction.atomic():
            answer = answer_of(address, self.client.post(address))
            transaction.set_rollback(True)
        return answer

    def go_through(self, *rooms: str) -> list[Answer]:
        """Every page to which the addresses without arguments lead, and those to which these lead, and so on; of some
        rooms alone, by how the names of their addresses begin."""
        waiting, asked, shapes, answers = entrances(), set[str](), Counter[str](), list[Answer]()
        while waiting:
            address = waiting.pop(0)
            shape = shape_of(address)
            if address in asked or not shape or not shape.startswith(rooms or "") or shapes[shape] >= OF_A_SHAPE:
                continue
            asked.add(address)
            shapes[shape] += 1
            answers.append(self.get(address))
            waiting += where_it_leads(answers[-1])
        return answers


def answer_of(address: str, response: Any) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(
        address,
        name_of(address),
        response.status_code,
        f"{heads}\n{response.cookies.output()}",
        content,
        response.headers.get("Content-Type", ""),
        response.headers.get("Location", ""),
    )


@cache
def patterns() -> dict[str, URLPattern]:
    """Every address of the installation, by its name."""
    return dict(_patterns(get_resolver().url_patterns, ""))


def _patterns(found: Iterable[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for each in found:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _patterns(each.url_patterns, inner)
        else:
            yield f"{space}{each.name}", each


def entrances() -> list[str]:
    """The addresses that need no argument."""
    return [reverse(name) for name, each in patterns().items() if not each.pattern.regex.groups and name not in NEVER]


def name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def shape_of(address: str) -> str:
    """The name of an address with the names of its parameters; "" for what is not asked."""
    name = name_of(address)
    if not name or name in NEVER:
        return ""
    parts = urlsplit(address).query
    return f"{name}?{'&'.join(sorted(re.findall(r'(?:^|&)([^=&]+)', parts)))}"


def where_it_leads(answer: Answer) -> list[str]:
    """The addresses of this installation that a page names or sends to, and what its searches can be asked."""
    if answer.status == 302:
        page = _Links(answer.address)
        page.lead_to(answer.sent_to)
        return page.found
    if answer.status != 200 or "html" not in answer.kind:
        return []
    page = _Links(answer.address)
    page.feed(answer.content.decode())
    return page.found


class _Links(HTMLParser):
    """Addresses in attributes, and the addresses to which forms that search lead with each of their choices."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.found = base, list[str]()
        self.form = ""
        self.field = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        for name, value in told.items():
            if name in {"href", "src", "action"} or value.startswith("/"):
                self.lead_to(value)
        if tag == "form":
            self.form = told.get("action", "") or self.base if told.get("method", "get").lower() == "get" else ""
        if self.form and tag in {"input", "select"}:
            self.field = told.get("name", "")
            self._ask(told.get("value", "") or ("1" if tag == "input" else ""))
        if self.form and tag == "option":
            self._ask(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = ""

    def _ask(self, value: str) -> None:
        if self.field and value:
            self.lead_to(f"{urlsplit(self.form).path}?{urlencode({self.field: value})}")

    def lead_to(self, place: str) -> None:
        whole = urlsplit(urljoin(f"http://testserver{self.base}", place))
        if whole.netloc == "testserver" and not whole.path.startswith("/static/"):
            self.found.append(whole.path + (f"?{whole.query}" if whole.query else ""))


def addresses_to_no_page(found: Collection[str]) -> list[str]:
    """Addresses whose names were not `found`, because no page leads there, with everything that has such a key."""
    missed = {name: each for name, each in patterns().items() if name not in found and name not in NEVER}
    return [address for name, each in missed.items() for address in _filled(name, each)]


def _filled(name: str, pattern: URLPattern) -> Iterator[str]:
    wanted = list(pattern.pattern.regex.groupindex)
    if len(wanted) != 1:
        return
    for value in _values_of(wanted[0]):
        with suppress(NoReverseMatch):
            yield reverse(name, kwargs={wanted[0]: value})


def _values_of(parameter: str) -> list[Any]:
    """`award_uuid` is a key of awards; `slug` and `ref` may be anything's."""
    owner, _, column = parameter.rpartition("_")
    found = []
    for model in apps.get_models():
        is_its = model.__module__.startswith("longleaf.") and model.__name__.lower().endswith(owner)
        if is_its and column in {each.name for each in model._meta.get_fields() if isinstance(each, models.Field)}:
            found += list(model._default_manager.order_by("pk").values_list(column, flat=True)[:OF_A_SHAPE])
    return found
