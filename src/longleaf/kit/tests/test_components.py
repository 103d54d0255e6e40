import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.utils import timezone
from jinja2 import Environment, UndefinedError

from longleaf.kit import components

KIT = Path(components.__file__).parent / "templates/kit"
REFERENCE = Path(__file__).parents[4] / "docs/reference/components.md"
MACRO = re.compile(r"{% macro ([a-z]\w*)\(")


@pytest.fixture
def pages() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined,no-any-return]


def test_every_macro_is_registered_and_described() -> None:
    drawn = {
        name: path.stem
        for path in (KIT / "components").glob("*.html")
        for name in MACRO.findall(path.read_text(encoding="utf-8"))
    }
    assert drawn == components.FILE_OF
    reference = REFERENCE.read_text(encoding="utf-8")
    assert [name for name in drawn if f"{name}(" not in reference] == []


def test_the_reference_holds_what_each_file_says_of_itself() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    for path in (KIT / "components").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for line in text[text.index("{#") + 2 : text.index("#}")].splitlines():
            assert line.strip() in reference, f"{path.name}: {line.strip()!r} is not in docs/reference/components.md."


def test_what_people_typed_is_escaped(pages: Environment) -> None:
    drawn = pages.from_string('{{ ui.text("a", label, value=label) }}').render(label='"><script>')
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") == 2


def test_an_unknown_component_is_an_error(pages: Environment) -> None:
    with pytest.raises(UndefinedError, match="no_such"):
        pages.from_string("{{ ui.no_such() }}").render()


def test_a_name_that_was_not_passed_is_an_error(pages: Environment) -> None:
    with pytest.raises(UndefinedError):
        pages.from_string("{{ forgotten }}").render()


def test_a_field_is_tied_to_its_hint_and_its_error(pages: Environment) -> None:
    drawn = pages.from_string('{{ ui.text("a", "A", hint="H", error="E") }}').render()
    assert 'aria-describedby="id_a_helptext id_a_error" aria-invalid="true"' in drawn
    assert 'id="id_a_helptext"' in drawn
    assert 'id="id_a_error"' in drawn


def test_a_text_that_begins_with_an_empty_line_keeps_it(pages: Environment) -> None:
    drawn = pages.from_string('{{ ui.textarea("a", "A", value="\n\nx") }}').render()
    # A browser drops the first line break of a textarea, so there is one more than was typed.
    assert ">\n\n\nx</textarea>" in drawn


@pytest.mark.parametrize("number", [400, 403, 404, 409, 422, 500])
def test_error_pages_need_no_request_and_say_what_to_do(pages: Environment, number: int) -> None:
    drawn = pages.get_template(f"kit/errors/{number}.html").render()
    assert "What you can do" in drawn
    assert drawn.count("<h1>") == 1


def test_no_template_holds_script_style_or_handlers_of_its_own() -> None:
    for path in KIT.rglob("*.html"):
        text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", text), path.name


class Claim(forms.Form):
    title = forms.CharField(help_text="As it should stand.", max_length=40)
    grade = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField()


def test_a_django_form_looks_like_our_pages_and_keeps_what_was_typed() -> None:
    drawn = str(Claim({"title": "x" * 41, "grade": "b"}))
    assert f'value="{"x" * 41}"' in drawn
    assert 'class="usa-input usa-input--error"' in drawn
    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert re.search(r'value="b" checked', drawn)
    assert '<a href="#id_title">Title: ' in drawn
    assert 'class="usa-checkbox__input"' in drawn


def test_a_day_does_not_tell_the_minute_even_to_a_machine(pages: Environment) -> None:
    moment = datetime(2027, 3, 5, 2, 14, tzinfo=UTC)
    with timezone.override("America/New_York"):
        shown = [
            pages.from_string(text).render(moment=moment)
            for text in ("{{ ui.when(moment) }}", "{{ ui.when(moment, time=True) }}")
        ]
    assert shown == [
        '<time datetime="2027-03-04">March 4, 2027</time>',
        '<time datetime="2027-03-04T21:14-05:00">March 4, 2027, 9:14 pm</time>',
    ]
