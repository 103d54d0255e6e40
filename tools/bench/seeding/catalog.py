"""The state's own pack, and synthetic micro-credentials made after those in it, hundreds of them by the product's
verbs and more by copying these."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bench.places import ROOT
from bench.seeding import copying
from longleaf.awards.keys import signing_keys
from longleaf.catalog import publishing
from longleaf.catalog.design import Design
from longleaf.catalog.models import Version
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.directory.models import Organisation, State
from longleaf.frameworks.models import FrameworkItem
from longleaf.panels.instruments import keep_rubric
from longleaf.quality import deciding
from longleaf.quality.status import Outcome
from longleaf.recognition import ledgers, policies
from longleaf.states.loading import load_pack

PRACTICES = (  # noqa: SIM905 (a list would be a line a title)
    "Questions that open a text|Feedback in time|Planning from evidence|Listening to families|Reading aloud|"
    "Small groups|Arguing from sources|Choosing texts|Explaining fractions|Labs with little equipment|"
    "Writing across subjects|Routines that calm|Using captions|Choosing digital tools|Protecting data|"
    "Coaching a colleague|Leading a team|Inquiry walks|Maps and stories|Music and memory|Movement breaks|"
    "Reading graphs|Debate|Portfolios|Peer review"
).split("|")
SETTINGS = (  # noqa: SIM905
    "in kindergarten|in grades 3 to 5|in middle school|in high school|with newcomers|in mixed groups|"
    "in a science class|in career and technical education|with multilingual learners|after an assessment|"
    "before a transition|online|in the media center|in the arts|with a co-teacher|in a rural school|"
    "in a large class|outdoors|with data|at home"
).split("|")
# Verbs take minutes for thousands.
MOST_BY_VERBS = 500
GRADE_BANDS, HOURS = ("k-2", "3-5", "6-8", "9-12"), (4, 6, 8, 10, 12, 15, 18, 24)


@dataclass(frozen=True)
class Offered:
    """A version that is offered, with what an attempt at it needs."""

    pk: int
    uuid: UUID
    number: int
    micro_credential_id: int
    slug: str
    issuer_id: int
    rubric_digest: str
    document: dict[str, Any]

    @cached_property
    def design(self) -> Design:
        return Design(self.document)

    @cached_property
    def requirements(self) -> tuple[Any, ...]:
        return self.design.requirements

    @cached_property
    def levels(self) -> tuple[str, ...]:
        return tuple(level.code for level in self.design.rubric.levels)


@dataclass(frozen=True)
class Stage:
    """What stands before anybody works on anything."""

    state: State
    employers: Sequence[Organisation]
    issuers: Sequence[Organisation]
    offered: Sequence[Offered]


def fill_catalog(micro_credentials: int) -> Stage:
    """Load the state's pack and publish synthetic micro-credentials until there are as many as asked for."""
    load_pack(ROOT / "states" / settings.STATE)
    state = State.objects.get(pk=settings.STATE)
    models = list(Version.objects.select_related("micro_credential__issuer", "micro_credential__family").order_by("pk"))
    wanted = micro_credentials - len(models)
    with transaction.atomic():
        made = [_publish(state, number, models) for number in range(min(wanted, MOST_BY_VERBS))]
        _tell_what_counts(state, made)
        _recognise(state, made)
        copying.copy(made, [_title(number) for number in range(len(made), wanted)])
    issuers = list(Organisation.objects.filter(micro_credentials__isnull=False).distinct().order_by("pk"))
    for issuer in issuers:
        signing_keys.ensure_key(organisation=issuer, acting_person=None)
    employers = list(Organisation.objects.filter(kind__in=["district", "city_district"]).order_by("pk"))
    return Stage(state, employers, issuers, _all_offered())


def _publish(state: State, number: int, models: Sequence[Version]) -> Version:
    model, chosen = models[number % len(models)], random.Random(number)
    document = copy.deepcopy(model.document)
    document |= {
        "slug": copying.slug_of(_title(number)),
        "title": _title(number),
        "standing": "synthetic",
        "effort_hours": chosen.choice(HOURS),
        "topics": sorted(chosen.sample(_topics(models), 2)),
        "audience": {**document["audience"], "grade_bands": sorted(chosen.sample(GRADE_BANDS, 2))},
    }
    items = chosen.sample(_items(), 3)
    document["alignments"] = [{"item": item.code, "standing": "synthetic", "note": ""} for item in items]
    return publishing.publish(
        state=state,
        issuer=models[(number * 7) % len(models)].micro_credential.issuer,
        family=model.micro_credential.family,
        document=document,
        aligned=[publishing.AlignedItem(item, "synthetic") for item in items],
        acting_person=None,
    )


def _title(number: int) -> str:
    title = f"{PRACTICES[number % len(PRACTICES)]} {SETTINGS[number // len(PRACTICES) % len(SETTINGS)]}"
    again = number // (len(PRACTICES) * len(SETTINGS))
    return f"{title}, part {again + 1}" if again else title


def _topics(models: Sequence[Version]) -> list[str]:
    return sorted({topic for model in models for topic in model.document["topics"]})


_known_items: list[FrameworkItem] = []


def _items() -> list[FrameworkItem]:
    if not _known_items:
        _known_items.extend(FrameworkItem.objects.filter(retired=False).order_by("pk"))
    return _known_items


def _tell_what_counts(state: State, versions: Sequence[Version]) -> None:
    policy = policies.policy_of(state.code)
    if policy is None:
        return
    for version in versions:
        counts_for = ledgers.categories_open_to(version, policy, on=timezone.localdate())
        publishing.note_facet(version=version, facet=Facet.CREDIT, values=counts_for)


def _recognise(state: State, versions: Sequence[Version]) -> None:
    """The agency has recognised two of three."""
    agency = Organisation.objects.get(state=state, code=state.agency_code)
    for version in (each for number, each in enumerate(versions) if number % 3):
        deciding.record_decision(
            state=state,
            version=version,
            decided_by=agency,
            outcome=Outcome.RECOGNISED,
            valid_from=date(2024, 7, 1),
            standing="synthetic",
            acting_person=None,
        )


@lru_cache(maxsize=1_000)
def _rubric_digest(written: str) -> str:
    """Copies have the rubric of what they are copied from."""
    return keep_rubric(json.loads(written)).digest


def _all_offered() -> list[Offered]:
    versions = Version.objects.filter(status=VersionStatus.PUBLISHED).select_related("micro_credential").order_by("pk")
    return [
        Offered(
            pk=version.pk,
            uuid=version.uuid,
            number=version.number,
            micro_credential_id=version.micro_credential_id,
            slug=version.micro_credential.slug,
            issuer_id=version.micro_credential.issuer_id,
            rubric_digest=_rubric_digest(json.dumps(version.document["rubric"])),
            document=version.document,
        )
        for version in versions
    ]
