"""Policy documents: taking them in, and reading the one in force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import rfc8785
from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from longleaf.engines.policy import Policy, policy_from_document
from longleaf.journal.recording import record
from longleaf.kit import keeping
from longleaf.recognition.events import Event
from longleaf.recognition.models import PolicyText

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

RENEWAL = "renewal"
# What a state knows of the policies of others is kept under codes of its own: nothing is ever reckoned by them.
ELSEWHERE = "elsewhere:"


def code_of(file: str) -> str:
    """The code of a policy by its place in a pack: `policy/renewal.yaml`, or `policy/elsewhere/ut.yaml` of others."""
    path = PurePosixPath(file)
    return f"{ELSEWHERE if path.parent.name == 'elsewhere' else ''}{path.stem}"


@transaction.atomic
def load_policy(*, state: State, code: str, document: Mapping[str, Any], acting_person: Person | None) -> PolicyText:
    """Take in a policy document; the text in force again changes nothing. Raises `PolicyError` for a bad one.

    A text that was in force before and is loaded again is in force once more, without a second copy of it. From the day
    on which officers' own text is in force, what a pack gives waits in the history and rules nothing.
    """
    title = policy_from_document(document).rule.title
    text, is_newly_in_force = load_text(state=state, code=code, title=title, document=document)
    if is_newly_in_force:
        data = {"code": code, "digest": text.digest}
        record(Event.POLICY_LOADED, actor=acting_person, subject=f"state:{state.code}", data=data)
    return text


def load_text(*, state: State, code: str, title: str, document: Mapping[str, Any]) -> tuple[PolicyText, bool]:
    """Put a text that was read and found good in force, inside a transaction; and whether it was not so before."""
    text = keep_text(state=state, code=code, title=title, document=document)
    is_newly_in_force = _newest(state.code, code) != (text.pk, text.digest)
    if is_newly_in_force:
        PolicyText.objects.filter(pk=text.pk).update(loaded_at=timezone.now())
    return text, is_newly_in_force


def keep_text(*, state: State, code: str, title: str, document: Mapping[str, Any], written: str = "") -> PolicyText:
    """The one row that holds a document, made where there is none; in force it is not by that alone."""
    given = {"title": title, "document": dict(document), "written": written}
    return PolicyText.objects.get_or_create(state=state, code=code, digest=digest_of(document), defaults=given)[0]


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of a document: the name of a text."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def renewal_policy(on: date | None = None) -> Policy | None:
    """The renewal policy of this installation's state as it is in force on a day (today), or None.

    It is the state's own. What binds somebody, with what their school unit lays over it, `overlays` tells; read from
    here what no unit changes: kinds of license, roles, the unit of credit, and what local plans may set aside.
    """
    day = on or timezone.localdate()
    return keeping.as_decided("policy", day, make=lambda: policy_of(settings.STATE, day))


def policy_of(state_code: str, on: date | None = None) -> Policy | None:
    """The renewal policy of a state that is in force on a day (today), or None. What was read is kept."""
    found = text_in_force(state_code, RENEWAL, on or timezone.localdate())
    return policy_with(*found) if found else None


def text_in_force(state_code: str, code: str, on: date) -> tuple[int, str] | None:
    """The key and the digest of the text in force on a day; one small query.

    It is what officers published for that day or the last one before it, and until they do, what the pack gave last.
    """
    stands = Q(publications__in_force_from__lte=on, publications__withdrawn_at__isnull=True)
    rows = PolicyText.objects.filter(state=state_code, code=code).annotate(
        day=Max("publications__in_force_from", filter=stands)
    )
    ruling = rows.exclude(day__isnull=True, loaded_at__isnull=True)
    ordered = ruling.order_by(F("day").desc(nulls_last=True), F("loaded_at").desc(nulls_last=True), "-pk")
    return ordered.values_list("pk", "digest").first()


def policies_elsewhere() -> Sequence[Policy]:
    """What this installation's state knows of the policies of other states, by their titles; kept until a decision."""
    return keeping.as_decided("policies elsewhere", make=_policies_elsewhere)


def _policies_elsewhere() -> Sequence[Policy]:
    loaded = PolicyText.objects.filter(state=settings.STATE, code__startswith=ELSEWHERE).order_by("loaded_at", "pk")
    newest = {code: (pk, digest) for code, pk, digest in loaded.values_list("code", "pk", "digest")}
    return tuple(sorted((policy_with(*each) for each in newest.values()), key=lambda policy: policy.rule.title))


def _newest(state_code: str, code: str) -> tuple[int, str] | None:
    """The key and the digest of the text that a pack gave last."""
    loaded = PolicyText.objects.filter(state=state_code, code=code, loaded_at__isnull=False)
    loaded = loaded.order_by("-loaded_at", "-pk")
    return loaded.values_list("pk", "digest").first()


@lru_cache(maxsize=128)
def policy_with(pk: int, digest: str) -> Policy:
    """The policy that a text says, by its key and its digest."""
    # A digest names one text for ever, so what was read from it once may be kept.
    return policy_from_document(PolicyText.objects.get(pk=pk, digest=digest).document)
