"""Writing beside a version what it can count toward, so that the catalog can be narrowed by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.catalog import publishing as catalog
from longleaf.catalog.status import Facet
from longleaf.recognition import ledgers, policies

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def note_what_counts(*, version: Version) -> None:
    """Note the categories that are open to a version under today's policy; nothing where its state has none."""
    policy = policies.policy_of(version.micro_credential.state_id)
    if policy is not None:
        open_to = ledgers.categories_open_to(version, policy, on=timezone.localdate())
        catalog.note_facet(version=version, facet=Facet.CREDIT, values=open_to)
