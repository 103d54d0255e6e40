"""Policy documents: taking them in, and reading the one in force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import rfc8785
from django.conf import settings
from django.db import transaction
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

    A text that was in force before and is loaded again is in force once more, without a second copy of it.
    """
    title = policy_from_document(document).rule.title
    text, is_newly_in_force = keep_text(state=state, code=code, title=title, document=document)
    if is_newly_in_force:
        data = {"code": code, "digest": text.digest}
        record(Event.POLICY_LOADED, actor=acting_person, subject=f"state:{state.code}", data=data)
    return text


def keep_text(*, state: State, code: str, title: str, document: Mapping[str, Any]) -> tuple[PolicyText, bool]:
    """Put a text that was read and found good in force, inside a transaction; and whether it was not so before."""
    digest = hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()
    text, is_new = PolicyText.objects.get_or_create(
        state=state, code=code, digest=digest, defaults={"title": title, "document": dict(document)}
    )
    is_newly_in_force = is_new or newest(state.code, code) != (text.pk, text.digest)
    if is_newly_in_force:
        PolicyText.objects.filter(pk=text.pk).update(loaded_at=timezone.now())
    return text, is_newly_in_force


def renewal_policy() -> Policy | None:
    """The renewal policy of this installation's state as it was loaded last, or None."""
    return keeping.as_decided("policy", make=lambda: policy_of(settings.STATE))


def policy_of(state_code: str) -> Policy | None:
    """The renewal policy of a state as it was loaded last, or None. One small query; what was read is kept."""
    found = newest(state_code, RENEWAL)
    return policy_with(*found) if found else None


def policies_elsewhere() -> Sequence[Policy]:
    """What this installation's state knows of the policies of other states, by their titles; kept until a decision."""
    return keeping.as_decided("policies elsewhere", make=_policies_elsewhere)


def _policies_elsewhere() -> Sequence[Policy]:
    loaded = PolicyText.objects.filter(state=settings.STATE, code__startswith=ELSEWHERE).order_by("loaded_at", "pk")
    newest = {code: (pk, digest) for code, pk, digest in loaded.values_list("code", "pk", "digest")}
    return tuple(sorted((policy_with(*each) for each in newest.values()), key=lambda policy: policy.rule.title))


def newest(state_code: str, code: str) -> tuple[int, str] | None:
    """The key and the digest of the text that was loaded last."""
    loaded = PolicyText.objects.filter(state=state_code, code=code).order_by("-loaded_at", "-pk")
    return loaded.values_list("pk", "digest").first()


@lru_cache(maxsize=128)
def policy_with(pk: int, digest: str) -> Policy:
    """A state's policy by the key and the digest of its text, read once."""
    # A digest names one text for ever, so what was read from it once may be kept.
    return policy_from_document(PolicyText.objects.get(pk=pk, digest=digest).document)
