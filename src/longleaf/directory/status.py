"""The roles a person may hold in an organisation, and the kinds of organisation."""

from django.db import models


class Role(models.TextChoices):
    """What somebody does for an organisation. Named as the field names it."""

    EDUCATOR = "educator", "Educator"
    COACH = "coach", "Coach"
    DESIGNER = "designer", "Designer"
    ASSESSOR = "assessor", "Assessor"
    LEAD_ASSESSOR = "lead_assessor", "Lead assessor"
    ISSUER = "issuer", "Issuer"
    REVIEWER = "reviewer", "Quality reviewer"
    PSU_OFFICER = "psu_officer", "Professional learning and licensure officer"
    STATE_OFFICER = "state_officer", "State officer"
    RESEARCHER = "researcher", "Researcher"
    ADMINISTRATOR = "administrator", "Administrator"


# Whoever holds no more than these for an organisation judges for it and need not work there.
JUDGING = frozenset({Role.ASSESSOR, Role.LEAD_ASSESSOR})


class OrganisationKind(models.TextChoices):
    """What an organisation is. A state's own word for a school unit is in its pack."""

    DISTRICT = "district", "School district"
    CITY_DISTRICT = "city_district", "City school district"
    CHARTER_SCHOOL = "charter_school", "Charter school"
    SCHOOL = "school", "School"
    STATE_AGENCY = "state_agency", "State agency"
    UNIVERSITY = "university", "University"
    ASSOCIATION = "association", "Association"
    NONPROFIT = "nonprofit", "Nonprofit organization"
    COMPANY = "company", "Company"


# Organisations that run public schools and so employ educators.
EMPLOYERS = frozenset({OrganisationKind.DISTRICT, OrganisationKind.CITY_DISTRICT, OrganisationKind.CHARTER_SCHOOL})
