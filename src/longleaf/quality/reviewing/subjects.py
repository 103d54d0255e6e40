"""What differs between a review of a design and one of an organisation's application; all the rest is the same.

A design is read without its issuer's name. An application is about the organisation itself, so its readers know whose
it is; they are strangers to it and to one another all the same (decision 0094).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q

from longleaf.catalog.studio import queries as studio
from longleaf.directory.status import EMPLOYERS, Role
from longleaf.kit.status import require_move
from longleaf.quality import queries, wording
from longleaf.quality.models import Application, Instrument, Review
from longleaf.quality.queries import Holding
from longleaf.quality.reach import OutOfReach, out_of_reach
from longleaf.quality.status import APPLICATION_MOVES, ApplicationStatus, Cause, Judges, ReviewStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person, State

HANDS_IN = (Role.DESIGNER, Role.ISSUER)
# Who speaks for an organisation: its officers, and not whoever designs for it.
APPLIES = (Role.ISSUER, Role.PSU_OFFICER)


class Subject(Protocol):
    """What is reviewed, as far as a review of it asks."""

    word: str
    owner_word: str

    @property
    def declaration(self) -> tuple[str, ...]:
        """What a reviewer declares before it is opened to them."""
        ...

    @property
    def owner(self) -> Organisation: ...

    @property
    def state(self) -> State: ...

    @property
    def instrument(self) -> Instrument | None: ...

    @property
    def language(self) -> str: ...

    @property
    def link(self) -> Mapping[str, Any]:
        """The field of a review, or of a decision, that names it."""
        ...

    @property
    def decided_on(self) -> Mapping[str, Any]: ...

    @property
    def earlier(self) -> Q:
        """Every review of the same thing, whichever version or application."""
        ...

    @property
    def authors(self) -> list[Person]:
        """Who wrote it."""
        ...

    @property
    def advisers(self) -> list[Person]:
        """Who saw it while it was written: its authors, and those who were asked to read and comment."""
        ...

    def told(self) -> Mapping[str, Any]:
        """What the journal says of it."""
        ...

    def holding(self, day: date) -> list[Holding]: ...

    def out_of_reach(self, day: date) -> OutOfReach | None:
        """What in the approval of its issuer keeps it from being recognised."""
        ...

    def issuer_closed(self, day: date) -> str:
        """The same where its issuer may issue nothing at all, as a sentence; "" where it may."""
        ...

    def follow(self, status: ReviewStatus) -> None:
        """Move with the review; for whoever holds its lock."""
        ...


@dataclass(frozen=True)
class OfDesign:
    """A version of a micro-credential."""

    version: Version
    word = "design"
    owner_word = "issuer"
    declaration = (
        "I did not write this design, advise on it or have it written for me.",
        "I have no interest in money in it or in whoever may offer it.",
        "Nobody near to me wrote it, and I did not judge it before for somebody else.",
    )

    def __str__(self) -> str:
        return str(self.version)

    @property
    def owner(self) -> Organisation:
        return self.version.micro_credential.issuer

    @property
    def state(self) -> State:
        return self.version.micro_credential.state

    @cached_property
    def instrument(self) -> Instrument | None:
        return queries.design_rubric(self.state)

    @property
    def language(self) -> str:
        return str(self.version.document.get("language", ""))

    @property
    def link(self) -> Mapping[str, Any]:
        return {"version": self.version}

    decided_on = link

    @property
    def earlier(self) -> Q:
        return Q(version__micro_credential=self.version.micro_credential_id)

    @property
    def authors(self) -> list[Person]:
        return studio.authors_behind(self.version)

    @property
    def advisers(self) -> list[Person]:
        return studio.authors_behind(self.version, with_readers=True)

    def told(self) -> Mapping[str, Any]:
        return {"micro_credential": self.version.micro_credential.slug, "version": self.version.number}

    def holding(self, day: date) -> list[Holding]:
        return queries.holding_on_version(self.version, day)

    def out_of_reach(self, day: date) -> OutOfReach | None:
        return out_of_reach(self.owner, self.version.micro_credential.family.code, day)

    def issuer_closed(self, day: date) -> str:
        return wording.issuer_closed(self.owner, day)

    def follow(self, status: ReviewStatus) -> None:
        """A version never changes."""


@dataclass(frozen=True)
class OfApplication:
    """An organisation's application."""

    application: Application
    word = "application"
    owner_word = "organization"
    declaration = (
        "I do not work for this organization or for a school of it, and did not in the last years.",
        "I have no interest in money in it, in what it issues, or in whoever competes with it.",
        "Nobody near to me wrote this application, and I did not advise on it.",
    )

    def __str__(self) -> str:
        return str(self.application)

    @property
    def owner(self) -> Organisation:
        return self.application.organisation

    @property
    def state(self) -> State:
        return self.application.organisation.state

    @property
    def instrument(self) -> Instrument:
        return self.application.instrument

    @property
    def language(self) -> str:
        return ""

    @property
    def link(self) -> Mapping[str, Any]:
        return {"application": self.application}

    @property
    def decided_on(self) -> Mapping[str, Any]:
        return {"organisation": self.owner}

    @property
    def earlier(self) -> Q:
        return Q(application__organisation=self.owner, application__judged_as=self.application.judged_as)

    @property
    def authors(self) -> list[Person]:
        began, submitted = self.application.begun_by, self.application.submitted_by
        return [began, submitted] if submitted and submitted != began else [began]

    advisers = authors

    def told(self) -> Mapping[str, Any]:
        return {"organisation": self.owner.code, "application": self.application.ref}

    def holding(self, day: date) -> list[Holding]:
        return queries.holding_on_organisation(self.owner, day, judged_as=[Judges(self.application.judged_as)])

    def out_of_reach(self, day: date) -> OutOfReach | None:
        """An approval is what it asks for."""
        return None

    def issuer_closed(self, day: date) -> str:
        """Whoever was closed comes back by it."""
        return ""

    def follow(self, status: ReviewStatus) -> None:
        # One that is read anew was decided before, and stays that.
        if self.application.status == ApplicationStatus.DECIDED:
            return
        if status == ReviewStatus.DECIDED:
            move_application(self.application, ApplicationStatus.DECIDED)
        if status == ReviewStatus.TAKEN_BACK:
            move_application(self.application, ApplicationStatus.DRAFT)


def subject_under(review: Review) -> Subject:
    """What a review is of."""
    if review.version:
        return OfDesign(review.version)
    assert review.application is not None, "the database keeps that there is exactly one subject"
    return OfApplication(review.application)


def people_behind(subject: Subject) -> list[Person]:
    """Whose work it is: who wrote it, and who ever handed it in. Whoever called it in for the agency is not."""
    handed_in = Review.objects.filter(**subject.link, cause=Cause.HANDED_IN).select_related("handed_in_by")
    people = {*subject.authors, *(each.handed_in_by for each in handed_in.only("handed_in_by"))}
    return sorted(people, key=lambda each: each.pk)


def move_application(application: Application, new: ApplicationStatus, **facts: object) -> None:
    """The one door to an application's status, with the facts that go with it. Raises `WrongState` for a move that the
    table does not allow."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    require_move(APPLICATION_MOVES, ApplicationStatus(held.status), new, what=f"The application {held.ref}")
    for name, value in {"status": new, **facts}.items():
        setattr(application, name, value)
    application.save(update_fields=["status", *facts])


def may_apply_for(organisation: Organisation, instrument: Instrument) -> bool:
    """Whether a kind of organisation may apply by these criteria: any, unless they name kinds.

    A plan to renew licenses is made by whoever employs educators, whatever the criteria say.
    """
    kinds = instrument.document.get("applicants") or ()
    if instrument.judges == Judges.PLAN and organisation.kind not in EMPLOYERS:
        return False
    return not kinds or organisation.kind in kinds
