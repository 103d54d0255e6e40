"""The verb that hands an application in: it is frozen as a text, and reviewers of the agency are asked to read it.

Locks: the application, then what `reviewing.handing_in` takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.kit.numbers import number
from longleaf.quality.agencies.applying import hold
from longleaf.quality.agencies.beside import beside
from longleaf.quality.agencies.queries import File, file_of
from longleaf.quality.agencies.telling import text_of
from longleaf.quality.errors import IncompleteApplication
from longleaf.quality.reviewing import handing_in
from longleaf.quality.reviewing.subjects import move_application
from longleaf.quality.status import ApplicationStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import Application, Review

ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")


@transaction.atomic
def submit(*, application: Application, note: str = "", acting_person: Person) -> Review:
    """Hand a draft in. It stays as it is until it is decided or taken back; then it is a draft again.

    Raises `IncompleteApplication` with a sentence for each criterion that has to be shown and is not, what
    `applying.hold` raises, and what `reviewing.handing_in.hand_in_application` raises.
    """
    held = hold(application, acting_person=acting_person)
    file = file_of(held)
    missing = dict(missing_in(file))
    if missing:
        sentence = f"{number(len(missing), 'place needs', 'places need')} another look. Nothing is handed in yet."
        raise IncompleteApplication(sentence, fields=missing)
    review = handing_in.hand_in_application(
        application=held, document=text_of(file), note=note, acting_person=acting_person
    )
    facts = {"submitted_by": acting_person, "submitted_at": timezone.now()}
    move_application(held, ApplicationStatus.SUBMITTED, **facts)
    return review


def missing_in(file: File) -> Iterator[tuple[str, str]]:
    """What still keeps an application from being handed in: a sentence for each of `scope`, `beside`, `shown-…`,
    `links-…`."""
    if not file.application.scope.strip():
        yield "scope", "Say what you ask to be approved for."
    piece = beside(file.application)
    if piece and piece.missing:
        yield "beside", piece.missing
    for each in file.criteria:
        named = f"{each.criterion.code} {each.criterion.title}"
        if each.criterion.required and not each.is_shown:
            yield f"shown-{each.criterion.code}", f"{named}: nothing is shown yet."
        wrong = [line for line in each.addresses if not ADDRESS.fullmatch(line)]
        if wrong:
            yield f"links-{each.criterion.code}", f"{named}: “{wrong[0]}” is no address. Begin it with https://."
