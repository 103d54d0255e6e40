"""The verb of the self-check: answer in writing where a draft shows a component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.catalog.errors import FieldTooLong, StaleField
from longleaf.catalog.studio import drafting
from longleaf.kit.words import plain_line_ends
from longleaf.quality.errors import NoSuchComponent
from longleaf.quality.models import SelfCheckAnswer
from longleaf.quality.self_check.rubric import components_for

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft
    from longleaf.directory.models import Person

LONGEST_ANSWER = 5_000
LONGEST_PAGE = 20


@transaction.atomic
def save_answer(
    *,
    draft: Draft,
    component: str,
    text: str,
    revision: int,
    acting_person: Person,
    page: str = "",
    is_last_word: bool = False,
) -> SelfCheckAnswer:
    """Keep what designers say of a component. `revision` and `page` are as in `drafting.save_field`.

    The same text again changes nothing. Raises `StaleField` with what is kept, `FieldTooLong`, `NoSuchComponent`, and
    what `drafting.hold` raises. No journal line: it decides nothing.
    """
    draft = drafting.hold(draft, acting_person=acting_person)
    if component not in {each.code for each in components_for(draft.issuer.state)}:
        raise NoSuchComponent(f"The rubric of this state has no component {component}. Reload the page.")
    if len(text) > LONGEST_ANSWER:
        sentence = f"Shorten it to at most {LONGEST_ANSWER:,} characters; it has {len(text):,}."
        raise FieldTooLong(sentence, fields={"text": sentence})
    answer, _ = SelfCheckAnswer.objects.get_or_create(draft=draft, component=component)
    text = plain_line_ends(text)
    if text == answer.text:
        return answer
    follows_itself = is_last_word and page and page == answer.saved_from
    if revision != answer.revision and not follows_itself:
        raise StaleField(revision=answer.revision, theirs=answer.text)
    answer.text, answer.revision, answer.saved_from = text, answer.revision + 1, page[:LONGEST_PAGE]
    answer.save()
    return answer
