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


class OrganisationKind(models.TextChoices):
    """What an organisation is. A state's own word for the first is in its pack."""

    DISTRICT = "district", "School district"
    CHARTER = "charter", "Charter school"
    STATE_AGENCY = "state_agency", "State agency"
    ISSUING_AGENCY = "issuing_agency", "Issuing agency"
    UNIVERSITY = "university", "University"
    ASSOCIATION = "association", "Association"


EMPLOYERS = frozenset({OrganisationKind.DISTRICT, OrganisationKind.CHARTER})
