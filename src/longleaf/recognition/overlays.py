"""School units' own documents, laid over the renewal policy of their state: taking them in, and reading them.

A unit may ask for more, cap, ask for approval beforehand and set what the state leaves to it; what the state fixes
stays as it is (`longleaf.engines.policy.overlays`).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines.policy import Policy, PolicyError, Rule, overlaid
from longleaf.journal.recording import record
from longleaf.kit import keeping
from longleaf.recognition import access, policies
from longleaf.recognition.errors import NoPolicy, NotYoursToRecord
from longleaf.recognition.events import Event
from longleaf.recognition.models import PolicyText

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# A text by its key and digest, and the day on which it was loaded.
Text = tuple[int, str, date]
logger = logging.getLogger(__name__)

FOLDER = "overlays"
# Texts of units stand beside those of the state, under `overlay:` and the key of the unit.
OVERLAY = "overlay:"
NOT_YOURS = "Only a professional learning officer of this school unit says what it asks beyond the state."
NO_POLICY = "This state has not published a renewal policy here yet, so there is nothing to lay a document over."


@dataclass(frozen=True)
class Overlay:
    """A unit's document with the day from which it has been loaded, and the state's policy with it laid over."""

    document: Mapping[str, Any]
    loaded_on: date
    policy: Policy

    @property
    def rule(self) -> Rule:
        """The document as a rule: its title, sources and standing."""
        return self.policy.overlays[-1]


@dataclass(frozen=True)
class Laid:
    """What binds the educators of units, by the units' keys, and why the documents of others do not fit."""

    policies: Mapping[int, Policy]
    misfits: Mapping[int, PolicyError]


def unit_of(file: str) -> str | None:
    """The code of the unit whose document a file of a pack is, as in `policy/overlays/880.yaml`; None for others."""
    path = PurePosixPath(file)
    return path.stem if path.parent.name == FOLDER else None


@transaction.atomic
def load_overlay(
    *, organisation: Organisation, document: Mapping[str, Any], acting_person: Person | None
) -> PolicyText:
    """Put a unit's document in force over the renewal policy; the text in force again changes nothing.

    A unit that asks for nothing of its own any more loads a document without additions. Raises `NotYoursToRecord`
    where somebody acts who is no officer of the unit (packs are loaded by nobody), `NoPolicy`, and `PolicyError` with
    every mistake of the document.
    """
    if acting_person is not None and not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord(NOT_YOURS)
    state = organisation.state
    base = policies.policy_of(state.code)
    if base is None:
        raise NoPolicy(NO_POLICY)
    title = overlaid(base, document).overlays[-1].title
    code = code_for(organisation)
    text, is_newly_in_force = policies.load_text(state=state, code=code, title=title, document=document)
    if is_newly_in_force:
        data = {"code": code, "digest": text.digest}
        record(Event.OVERLAY_LOADED, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return text


def overlay_of(organisation: Organisation | None, on: date) -> Overlay | None:
    """A unit's document as it stood on a day, laid over the renewal policy; None without one, or where it fits no more.

    It fits no more where the state's policy changed beneath it; the unit then has to mend it, and the log says so.
    """
    text = _texts(on).get(code_for(organisation)) if organisation else None
    base = policies.text_in_force(settings.STATE, policies.RENEWAL, on) if text else None
    return _overlay(organisation, base, text) if organisation and base and text else None


def policy_for(organisation: Organisation | None, on: date) -> Policy | None:
    """The renewal policy that binds the educators of a unit on a day: with what the unit asks beyond it, if it does."""
    found = overlay_of(organisation, on)
    return found.policy if found else policies.renewal_policy(on)


def policies_for(people: Collection[int], on: date) -> dict[int, Policy]:
    """For those of the people, by their keys, whose employer of a day asks something beyond the state: the policy that
    binds them. One query where no unit asks anything, three for any number of people.
    """
    texts = _texts(on)
    base = policies.text_in_force(settings.STATE, policies.RENEWAL, on) if texts else None
    if base is None:
        return {}
    held = directory.employments_of(people)
    employers = {person: next((it.employer for it in jobs if it.covers(on)), None) for person, jobs in held.items()}
    bound: dict[int, Overlay | None] = {}
    for employer in employers.values():
        if employer and employer.pk not in bound and (text := texts.get(code_for(employer))):
            bound[employer.pk] = _overlay(employer, base, text)
    found = ((person, bound.get(employer.pk)) for person, employer in employers.items() if employer)
    return {person: overlay.policy for person, overlay in found if overlay}


def laid_over(policy: Policy, on: date) -> Laid:
    """Any policy, such as a draft, with the documents of units as they stood on a day laid over it. Two queries."""
    texts = {pk: code for code, (pk, _, _) in _texts(on).items()}
    policies_of, misfits = dict[int, Policy](), dict[int, PolicyError]()
    for text in PolicyText.objects.filter(pk__in=texts).order_by("pk"):
        organisation = int(texts[text.pk].removeprefix(OVERLAY))
        try:
            policies_of[organisation] = overlaid(policy, text.document)
        except PolicyError as error:
            misfits[organisation] = error
    return Laid(policies_of, misfits)


def _overlay(organisation: Organisation, base: tuple[int, str], text: Text) -> Overlay | None:
    pk, digest, loaded_on = text
    try:
        document, policy = _laid_over(*base, pk, digest)
    except PolicyError as error:
        logger.warning("The document of %s no longer fits the state's policy: %s", organisation.code, error)
        return None
    return Overlay(document, loaded_on, policy)


def code_for(organisation: Organisation) -> str:
    return f"{OVERLAY}{organisation.pk}"


def _texts(on: date) -> Mapping[str, Text]:
    """The texts of all units as they stood on a day: key, digest and day of loading by their code."""
    # Kept once for all days: of days that are typed there is no end.
    texts = keeping.as_decided("overlays", make=_texts_of_all_days)
    return {code: text for code, text in texts if text[2] <= on}


def _texts_of_all_days() -> Sequence[tuple[str, Text]]:
    """Every text that was ever loaded, the latest last. One query."""
    kept = PolicyText.objects.filter(state=settings.STATE, code__startswith=OVERLAY, loaded_at__isnull=False)
    rows = kept.order_by("loaded_at", "pk").values_list("code", "pk", "digest", "loaded_at")
    return tuple((code, (pk, digest, timezone.localdate(loaded_at))) for code, pk, digest, loaded_at in rows)


@lru_cache(maxsize=128)
def _laid_over(base_pk: int, base_digest: str, pk: int, digest: str) -> tuple[Mapping[str, Any], Policy]:
    # Digests name two texts for ever, so what was read from them once may be kept.
    document = PolicyText.objects.get(pk=pk, digest=digest).document
    return document, overlaid(policies.policy_with(base_pk, base_digest), document)
