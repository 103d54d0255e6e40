"""The lists of the studio ask as many questions for twenty as for two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longleaf.catalog import asking
from longleaf.catalog.models import Version
from longleaf.catalog.studio import commenting, drafting, going_public, needs
from longleaf.catalog.studio.tests.test_samples import bring
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast

LISTS = ("/studio/", "/studio/published/", "/studio/published/?q=own", "/studio/adopt/", "/studio/adopt/?q=other",
         "/studio/needs/new/", "/catalog/demand/ask/")  # fmt: skip


@pytest.fixture
def grow(
    state: State, issuer: Organisation, agency: Organisation, version: Version, designer: Person
) -> Callable[[int], None]:
    """Everything that stands in a list, so many times more."""
    officer = cast.make_person("Otto Officer", (issuer, Role.ISSUER))
    abroad = cast.make_person("Dina Elsewhere", (agency, Role.DESIGNER))
    made = iter(range(1_000))

    def more(count: int) -> None:
        for number in (next(made) for _ in range(count)):
            for organisation, name in ((issuer, "own"), (agency, "other")):
                cast.publish(state, organisation, cast.make_document(slug=f"{name}-{number}", title=f"{name} {number}"))
            adopted = drafting.adopt(version=version, issuer=issuer, acting_person=designer)
            drafting.save_field(
                draft=adopted, path=("slug",), value=f"adopted-{number}", revision=0, acting_person=designer
            )
            going_public.publish_draft(draft=adopted, acting_person=officer)
            need = needs.write_down(issuer=issuer, text=f"Need {number}", item="", acting_person=designer)
            drafting.begin(issuer=issuer, acting_person=designer, need=need)
            asking.ask(state=state, text=f"Wish {number}", role="teacher", acting_person=designer)
            drafting.set_aside(draft=drafting.begin(issuer=issuer, acting_person=designer), acting_person=designer)
        assert abroad.pk

    return more


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_of_two_and_of_twenty(
    grow: Callable[[int], None], designer: Person, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(designer)
    grow(2)
    few = {address: asked(client, address) for address in LISTS}
    grow(18)
    assert {address: asked(client, address) for address in LISTS} == few


def test_the_pages_of_a_draft_with_many_comments_and_files(
    version: Version, designer: Person, client_of: Callable[[Person | None], Client]
) -> None:
    draft = drafting.begin_next(version=version, acting_person=designer)
    at, client = f"/studio/{draft.ref}/", client_of(designer)
    counts = []
    for count in (2, 18):
        for number in range(count):
            commenting.comment(
                draft=draft, section="rubric", place="", text=f"Comment {number}", acting_person=designer
            )
        for number in range(count // 2):
            bring(draft, designer, title=f"Sample {count} {number}")
        counts.append([asked(client, at + place) for place in ("", "read/", "rubric/", "sample/", "samples/")])
    assert counts[0] == counts[1]
