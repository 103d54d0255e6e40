"""Badges: some hundreds signed by the product itself, the others rows of the same size that nobody opens."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bench.seeding.attempts import Try, outcome_of
from bench.seeding.invention import name
from bench.seeding.pouring import pour
from longleaf.awards import issuing, status_lists
from longleaf.awards.models import Award, StatusList
from longleaf.awards.models.status_list import LIST_LENGTH
from longleaf.awards.scattering import scattered
from longleaf.awards.status import AwardStatus
from longleaf.directory.models import Organisation

# One badge in so many was taken back.
REVOKED = 97
NAMESPACE = uuid.UUID("6d1f7b5e-3c55-4a3e-9a53-0c6f0f0e7a11")


def uuid_of(each: Try) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, each.ref)


def write(tries: Sequence[Try]) -> None:
    """Sign what is to be signed through the product's own verb, then pour the rest after the same pattern."""
    earned = [each for each in tries if each.is_demonstrated]
    samples = [_signed(each) for each in earned if each.to_be_signed]
    with transaction.atomic():
        pour(Award, _rest([each for each in earned if not each.to_be_signed], samples[:40]))
        # What was taken back is in the lists from now on.
        StatusList.objects.update(credential=None)


def _signed(each: Try) -> Award:
    """A queued row under a key that the seed knows, signed as a worker would sign it."""
    row = _row(each) | {"status": AwardStatus.QUEUED.value}
    return issuing.sign(award=Award.objects.create(**row))


def _rest(tries: Sequence[Try], samples: Sequence[Award]) -> Iterator[dict[str, Any]]:
    texts = [(json.dumps(sample.credential), str(sample.uuid), sample.earner_name) for sample in samples]
    counts = Counter(each.offered.issuer_id for each in tries)
    places = {issuer: _places(issuer, many) for issuer, many in counts.items()}
    for each in tries:
        text, own, earner = texts[each.pk % len(texts)]
        status_list, index = next(places[each.offered.issuer_id])
        row = _row(each)
        yield row | {
            "status": AwardStatus.ISSUED.value,
            "issued_at": each.decided,
            "credential": text.replace(own, str(row["uuid"])).replace(earner, row["earner_name"]),
            "status_list_id": status_list,
            "status_index": index,
            **_taken_back(each),
        }


def _row(each: Try) -> dict[str, Any]:
    outcome = outcome_of(each)
    told = ("code", "title", "level", "level_title", "met", "decided_by")
    return {
        "uuid": uuid_of(each),
        "occasion": f"attempt:{each.ref}",
        "earner_id": each.earner,
        "earner_name": name(each.earner),
        "version_id": each.offered.pk,
        "issuer_id": each.offered.issuer_id,
        "earned_at": each.decided,
        "finding": {
            "rubric": each.offered.rubric_digest,
            "readers": outcome["readers"],
            "blind": True,
            "round": 1,
            "criteria": [{key: found[key] for key in told} for found in outcome["criteria"]],
        },
        "evidence": [{"name": asked.title, "description": asked.prompt} for asked in each.offered.requirements[:1]],
    }


def _taken_back(each: Try) -> dict[str, Any]:
    taken: datetime | None = each.decided if each.pk % REVOKED == 0 else None
    if taken is None:
        return {"revoked_at": None, "revocation_reason": ""}
    return {
        "status": AwardStatus.REVOKED.value,
        "revoked_at": taken,
        "revocation_reason": "Issued in error (synthetic).",
    }


def _places(issuer: int, many: int) -> Iterator[tuple[int, int]]:
    """So many places in the issuer's status list, given out as the product gives them out."""
    found = StatusList.objects.filter(organisation=issuer).order_by("pk").first()
    if found is None:
        found = status_lists.allot(organisation=Organisation.objects.get(pk=issuer)).status_list
    seed, first = bytes(found.scatter_seed), found.next_slot
    StatusList.objects.filter(pk=found.pk).update(next_slot=first + many)
    return ((found.pk, scattered(slot, seed=seed, length=LIST_LENGTH)) for slot in range(first, first + many))
