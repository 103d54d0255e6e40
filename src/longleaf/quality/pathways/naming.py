"""How the state's own pathways are named: families, stacks and single micro-credentials that its agency issues.

A code is a kind and a name, such as `family:feedback`, `stack:first-steps` or `micro-credential:data-privacy`. A family
and a stack mean what is in them on the day on which somebody begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential

FAMILY, STACK, SINGLE = "family", "stack", "micro-credential"


@dataclass(frozen=True)
class Nameable:
    """What can be named, by its code and in words."""

    value: str
    label: str


def nameable() -> list[Nameable]:
    """What the agency of the state offers of its own: families, stacks, then single ones. A few queries; none without
    an agency."""
    agency = directory.agency()
    if agency is None:
        return []
    versions = list(catalog.offered_by(agency))
    families = {each.micro_credential.family.code: each.micro_credential.family.title for each in versions}
    return [
        *(Nameable(f"{FAMILY}:{code}", _family(title)) for code, title in sorted(families.items())),
        *(Nameable(f"{STACK}:{each.slug}", _stack(each.title)) for each in catalog.stacks_of(agency)),
        *(Nameable(f"{SINGLE}:{each.micro_credential.slug}", each.labelled_title) for each in versions),
    ]


def in_words(codes: Iterable[str]) -> list[str]:
    """What codes name, in their order; what the state gave up since keeps its code."""
    told = [code.partition(":")[::2] for code in codes]
    agency = directory.agency() if told else None
    if agency is None:
        return [":".join(each) for each in told]
    titles = catalog.titles_by_slug(name for kind, name in told if kind == SINGLE)
    stacks = {each.slug: each.title for each in catalog.stacks_of(agency)}
    families = catalog.families_of(agency.state)
    found = {
        **{(FAMILY, code): _family(title) for code, title in families.items()},
        **{(STACK, slug): _stack(title) for slug, title in stacks.items()},
        **{(SINGLE, slug): title for slug, title in titles.items()},
    }
    return [found.get((kind, name), f"{kind}:{name}") for kind, name in told]


def codes_of(made: MicroCredential) -> frozenset[str]:
    """Every code that names a micro-credential: its own, that of its family, and of stacks of its issuer. One query,
    where its family is at hand."""
    stacks = made.stacks.filter(stack__issuer=made.issuer_id).values_list("stack__slug", flat=True)
    own = {f"{SINGLE}:{made.slug}", f"{FAMILY}:{made.family.code}"}
    return frozenset(own | {f"{STACK}:{slug}" for slug in stacks})


def _family(title: str) -> str:
    return f"Everything of the state in the family “{title}”"


def _stack(title: str) -> str:
    return f"The stack “{title}”"
