"""Who may look after calibration, and who may see how somebody reads: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory.queries import holds, places_where
from longleaf.directory.status import Role
from longleaf.panels.errors import NoSuchCertification, NotLeadAssessor
from longleaf.panels.models import Certification, CheckReading, RubricEdition
from longleaf.panels.status import Purpose

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# What a reader knows to be a check. An anchor among live work is none of these.
OVERT = frozenset({Purpose.SETTING, Purpose.TRAINING, Purpose.TEST, Purpose.BACK_READING})


def may_lead(person: Person, edition: RubricEdition) -> bool:
    """A lead assessor of the pool keeps its anchors and looks after its readers."""
    return holds(person, Role.LEAD_ASSESSOR, organisation_id=edition.pool_id)


def editions_led_by(person: Person) -> QuerySet[RubricEdition]:
    """The filter beside `may_lead`."""
    return RubricEdition.objects.filter(pool__in=places_where(person, Role.LEAD_ASSESSOR))


def require_lead(person: Person, edition: RubricEdition) -> None:
    if not may_lead(person, edition):
        raise NotLeadAssessor("Only a lead assessor of the organization that runs this pool may do this.")


def may_sit(person: Person, edition: RubricEdition) -> bool:
    """An assessor of the pool trains and takes the test for its rubrics."""
    return holds(person, Role.ASSESSOR, organisation_id=edition.pool_id)


def editions_open_to(person: Person) -> QuerySet[RubricEdition]:
    """The filter beside `may_sit`: standards only, for an editorial change asks nothing new."""
    return RubricEdition.objects.filter(pool__in=places_where(person, Role.ASSESSOR), same_as__isnull=True)


def may_judge(person: Person, certification: Certification) -> bool:
    """A lead assessor of the pool decides on certificates, and never on their own."""
    return may_lead(person, certification.edition) and certification.person_id != person.pk


def certifications_led_by(person: Person) -> QuerySet[Certification]:
    """The filter beside `may_judge`."""
    led = Certification.objects.filter(edition__pool__in=places_where(person, Role.LEAD_ASSESSOR))
    return led.exclude(person=person)


def require_judge(person: Person, certification: Certification) -> None:
    if not may_judge(person, certification):
        raise NoSuchCertification


def checks_known_to(person: Person) -> QuerySet[CheckReading]:
    """The check readings of which somebody knows that they are: their own, but for anchors among live work."""
    return CheckReading.objects.filter(Q(reader=person), purpose__in=OVERT)
