"""`organisations.yaml` and `organisations.csv`: who issues, recognises and employs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Code, Part, Slug, Sourced, Standing, Text, WebAddress


class OrganisationKind(StrEnum):
    STATE_AGENCY = "state_agency"
    DISTRICT = "district"
    CITY_DISTRICT = "city_district"
    CHARTER_SCHOOL = "charter_school"
    UNIVERSITY = "university"
    ASSOCIATION = "association"
    NONPROFIT = "nonprofit"
    COMPANY = "company"

    @property
    def is_school_unit(self) -> bool:
        """Whether it runs public schools and so employs educators."""
        return self in {
            OrganisationKind.DISTRICT,
            OrganisationKind.CITY_DISTRICT,
            OrganisationKind.CHARTER_SCHOOL,
        }


class OrganisationRole(StrEnum):
    ISSUER = "issuer"
    DEVELOPER = "developer"
    ASSESSOR = "assessor"
    RECOGNIZER = "recognizer"
    QUALITY_REVIEWER = "quality_reviewer"
    EMPLOYER = "employer"


class Tier(Part):
    """A measure of wealth that the state gives a county for one year; 1 is the least wealthy."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    tier: Annotated[int, Field(ge=1, le=9)]
    standing: Standing


class Place(Part):
    """Where a school unit lies; `region` is a code of `state.yaml`."""

    county: Text
    county_code: Code
    region: Code
    locale: Slug
    locale_standing: Standing
    tiers: tuple[Tier, ...] = ()


class Organisation(Sourced):
    """An organisation with its code and a slug for its address; a school unit also has a place."""

    code: Code
    slug: Slug
    name: Text
    kind: OrganisationKind
    roles: tuple[OrganisationRole, ...]
    short_name: str = ""
    description: str = ""
    url: WebAddress | None = None
    schools: Annotated[int, Field(ge=0)] | None = None
    place: Place | None = None


class Organisations(Part):
    organisations: tuple[Organisation, ...]
