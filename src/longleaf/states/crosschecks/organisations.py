"""Organisations lie in regions that the state has, and its agency is one of them."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.crosschecks.looking_up import Known, parts, unknown
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.organisations import Organisation, OrganisationKind, OrganisationRole, Organisations

HOME = "organisations.yaml or organisations.csv"


def by_code(gathered: Gathered) -> dict[str, Organisation] | None:
    """Every organisation by its code, or None where a file of them is wrong."""
    files = parts(gathered.organisations)
    return {it.code: it for file in files for it in file.organisations} if files is not None else None


def check(gathered: Gathered) -> Iterator[Mistake]:
    state = gathered.state.part
    regions: Known = {region.code for region in state.regions} if state else None
    for sheet in gathered.organisations:
        yield from _check_sheet(sheet, regions)
    if state:
        yield from _check_agency(gathered, state.agency)


def _check_sheet(sheet: Sheet[Organisations], regions: Known) -> Iterator[Mistake]:
    for number, organisation in enumerate(sheet.part.organisations if sheet.part else ()):
        spot = ("organisations", number)
        if organisation.place:
            yield from unknown(sheet, (*spot, "place", "region"), organisation.place.region, regions, "state.yaml")
        if organisation.kind.is_school_unit and not organisation.place:
            reason = "A school unit needs a place; add its county, region and locale."
            yield sheet.mistake((*spot, "kind"), reason)
        if not organisation.roles:
            yield sheet.mistake((*spot, "roles"), "An organisation is here for a role; name at least one.")


def _check_agency(gathered: Gathered, agency: str) -> Iterator[Mistake]:
    known = by_code(gathered)
    yield from unknown(gathered.state, ("agency",), agency, known, HOME)
    if known and agency in known and known[agency].kind is not OrganisationKind.STATE_AGENCY:
        reason = f"“{agency}” is no state agency; name the one that runs this system, or mend its kind."
        yield gathered.state.mistake(("agency",), reason)


def without_role(organisation: Organisation, role: OrganisationRole) -> str:
    """Why an organisation cannot stand here, or nothing if it has the role."""
    if role in organisation.roles:
        return ""
    return f"“{organisation.code}” does not have the role {role.value}; add the role to it or name another."
