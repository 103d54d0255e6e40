"""The chapter of the policy: a draft in the editor, and the lab that reckons it for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import yaml
from django.utils import timezone

from longleaf.recognition.editor import drafting, queries
from longleaf.recognition.editor.writing import as_text
from longleaf.recognition.lab import running

if TYPE_CHECKING:
    from longleaf.demo.script import PolicyDraft as Told
    from longleaf.demo.stage import Stage
    from longleaf.directory.models import State
    from longleaf.recognition.models import PolicyDraft


def draft(told: Told, stage: Stage, state: State) -> PolicyDraft:
    """Begin a draft from what is in force, change one value, and have it reckoned."""
    officer = stage.people[told.by]
    begun = drafting.begin(state=state, name=told.name, base=queries.text_now(state), acting_person=officer)
    document = yaml.safe_load(begun.text)
    (value,) = [each for each in document["values"] if each["id"] == told.value]
    value["worth"] = told.worth
    text = as_text(document)
    written = drafting.write(draft=begun, text=text, revision=begun.revision, acting_person=officer)
    on = timezone.localdate() + timedelta(days=told.reckoned_in_days)
    running.ask(draft=written, on=on, acting_person=officer)
    running.run_labs()
    return written
