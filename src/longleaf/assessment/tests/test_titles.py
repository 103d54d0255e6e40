"""Pages of `panels` call what is judged by its title, and know nothing else of it."""

from __future__ import annotations

import pytest

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.tests.desk.factories import hand_in
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels.titles import titles_of

pytestmark = pytest.mark.django_db


def test_a_submission_is_called_by_its_micro_credential(version: Version, educator: Person) -> None:
    sent = hand_in(version, educator)
    asked = [(PANEL_KIND, sent.ref), (PANEL_KIND, "SUB-NONE"), ("other", sent.ref)]
    assert titles_of(asked) == {(PANEL_KIND, sent.ref): "Feedback that moves learning (synthetic)"}
