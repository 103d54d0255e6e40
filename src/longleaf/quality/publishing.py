"""The verb that a state's pack calls: publish an instrument of quality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.catalog.publishing import digest_of
from longleaf.journal.recording import record
from longleaf.quality.events import Event
from longleaf.quality.models import Instrument
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.directory.models import State


@transaction.atomic
def publish_instrument(
    *,
    state: State,
    code: str,
    edition: str,
    title: str,
    document: Mapping[str, Any],
    standing: str,
    judges: Judges = Judges.DESIGN,
) -> Instrument:
    """Enter a rubric or a list of criteria; the same text again changes nothing and returns what is there.

    A changed text is a further row, so that a decision keeps the instrument by which it was taken. A title, an edition
    or a standing that was mended is brought up to date, since the text they describe is the same. An earlier text that
    is given again, after another one, takes its place.
    """
    digest = digest_of(document)
    facts = {"edition": edition, "title": title, "standing": standing, "judges": judges}
    instrument, new = Instrument.objects.update_or_create(
        state=state,
        code=code,
        digest=digest,
        defaults=facts,
        create_defaults={**facts, "document": dict(document)},
    )
    taken_back = not new and _stands_behind(instrument)
    if taken_back:
        instrument.loaded_at = timezone.now()
        instrument.save(update_fields=["loaded_at"])
    if new or taken_back:
        data = {"edition": edition, "digest": digest}
        record(Event.INSTRUMENT_PUBLISHED, actor=None, subject=f"instrument:{code}", data=data)
    return instrument


def _stands_behind(instrument: Instrument) -> bool:
    """Whether another text that judges the same was given after it."""
    alike = Instrument.objects.filter(state=instrument.state_id, judges=instrument.judges)
    newest = alike.order_by("-loaded_at", "-pk").values_list("pk", flat=True).first()
    return newest != instrument.pk
