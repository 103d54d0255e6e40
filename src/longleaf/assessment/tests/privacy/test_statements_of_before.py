"""What earners had said of tools for a whole requirement, before it was said of each text, file and link."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from longleaf.assessment.models import AiStatement
from longleaf.assessment.privacy import ai_use
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.privacy import factories

BEFORE = [("assessment", "0001_initial")]
AFTER = [("assessment", "0012_tools_are_told_of_no_requirement")]


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def as_before():
    """The tables as they were, and brought up to date again whatever happens."""
    yield lambda: migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("assessment"))


@pytest.mark.django_db(transaction=True)
def test_what_was_said_of_a_requirement_is_said_of_its_text_and_of_each_artifact(
    state, issuer, items, educator, as_before
):
    attempt = earner_cast.filled(factories.protected(state, issuer, items), educator)
    earner_cast.uploaded(attempt, "board.jpg", earner_cast.picture())
    factories.say_all(attempt)
    submission = current_submission(attempt)
    old = as_before().get_model("assessment", "AiStatement")
    assert list(old.objects.order_by("requirement").values_list("requirement", "uses")) == [
        ("R1", ["none"]),
        ("R2", ["none"]),
        ("R3", ["none"]),
    ]
    old.objects.filter(requirement="R2").update(uses=["images"], words="A tool drew it.")
    said_at = old.objects.get(requirement="R2").said_at
    migrate(AFTER)
    link, picture = factories.artifacts_of(attempt)
    said = ai_use.statements_in(submission)
    assert set(said) == {("R1", None), ("R2", link.pk), ("R2", picture.pk), ("R3", None)}
    told = {(tuple(said["R2", each.pk].uses), said["R2", each.pk].words) for each in (link, picture)}
    assert told == {(("images",), "A tool drew it.")}
    assert set(AiStatement.objects.exclude(artifact=None).values_list("said_at", flat=True)) == {said_at}
