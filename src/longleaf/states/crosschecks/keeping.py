"""What is kept is of a known kind and is counted from an event that it has; forms name only what can be named."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from longleaf.assessment.privacy.forms_of_consent import NAMED
from longleaf.assessment.retention.rules import mistakes_in
from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.consent_form import ConsentForms
from longleaf.states.sentences import meant


def check(gathered: Gathered) -> Iterator[Mistake]:
    for sheet in gathered.retention:
        told = [(each.kind, each.days, each.counted_from) for each in sheet.part.kept] if sheet.part else []
        for number, field, reason in mistakes_in(told):
            yield sheet.mistake(("kept", number, field), reason)
    for forms in gathered.consent_forms:
        yield from _forms(forms)


def _forms(sheet: Sheet[ConsentForms]) -> Iterator[Mistake]:
    seen = set[tuple[str, str]]()
    for number, form in enumerate(sheet.part.forms if sheet.part else ()):
        key = (form.signed_by.value, form.language)
        if key in seen:
            reason = "There is a form for these signers in this language already; keep one."
            yield sheet.mistake(("forms", number, "signed_by"), reason)
        seen.add(key)
        texts = [
            (("introduction",), form.introduction),
            *((("points", at), text) for at, text in enumerate(form.points)),
        ]
        for spot, text in texts:
            yield from _unknown_names(sheet, ("forms", number, *spot), text)


def _unknown_names(sheet: Sheet[ConsentForms], spot: Spot, text: str) -> Iterator[Mistake]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield sheet.mistake(spot, "A brace stands alone here; write a name between two, such as {title}.")
        return
    for name in names:
        if name not in NAMED:
            close = meant(name, NAMED)
            hint = f"did you mean {{{close}}}?" if close else f"write one of: {', '.join(NAMED)}."
            yield sheet.mistake(spot, f"{{{name}}} stands for nothing here; {hint}")
