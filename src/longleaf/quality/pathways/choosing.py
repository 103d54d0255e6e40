"""The verb by which a school unit names what it asks to run, in a draft. Locks: the application."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.quality.agencies.applying import hold
from longleaf.quality.agencies.beside import Beside
from longleaf.quality.errors import NotAPathway
from longleaf.quality.pathways.naming import in_words, nameable
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import Application

TITLE = "Pathways of the state that it asks to run"


@transaction.atomic
def choose(*, application: Application, codes: Collection[str], acting_person: Person) -> Application:
    """Keep what is asked for, as codes of `naming`. As with what is typed there is no journal line.

    Raises `NotAPathway` for another application and for what the state does not offer, and what `applying.hold` raises.
    """
    held = hold(application, acting_person=acting_person)
    offered = [each.value for each in nameable()]
    if held.judged_as != Judges.PATHWAY or not set(codes) <= {*offered, *held.pathways}:
        sentence = "Choose among what the state offers of its own. Reload the page to see it."
        raise NotAPathway(sentence, fields={"pathways": sentence})
    held.pathways = sorted(set(codes))
    held.save(update_fields=["pathways"])
    return held


def with_application(application: Application) -> Beside:
    """What is named, as reviewers read it (`settings.BESIDE_APPLICATIONS`)."""
    told = in_words(application.pathways)
    missing = "" if told else "Choose which pathways of the state you ask to run."
    return Beside("pathways", TITLE, "\n".join(f"- {each}" for each in told), missing)
