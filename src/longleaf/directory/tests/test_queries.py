"""Who holds which role where today; what ended yesterday, or begins tomorrow, is not held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from longleaf.directory import enrolling, queries, registering
from longleaf.directory.models import Organisation
from longleaf.directory.status import Role


@pytest.fixture
def held(educator):
    return educator.roles.get()


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [(0, None, True), (-9, 0, True), (-9, -1, False), (1, None, False), (0, 0, True)],
)
def test_a_role_is_held_from_its_first_day_through_its_last(since, until, counts, held, educator, district):
    today = timezone.localdate()
    held.since = today + timedelta(days=since)
    held.until = today + timedelta(days=until) if until is not None else None
    held.save()
    assert queries.holds(educator, Role.EDUCATOR) is counts
    assert queries.holds(educator, Role.EDUCATOR, organisation_id=district.pk) is counts
    assert bool(queries.roles_of(educator)) is counts
    assert queries.people_with(Role.EDUCATOR, organisation_id=district.pk).exists() is counts
    assert queries.organisations_where(educator, Role.EDUCATOR).exists() is counts
    assert (queries.employer_of(educator) == district) is counts


def test_a_role_is_held_in_its_own_organisation_only(educator, other_district):
    assert not queries.holds(educator, Role.EDUCATOR, organisation_id=other_district.pk)
    assert not queries.holds(educator, Role.ASSESSOR)


def test_nobody_holds_nothing(db):
    assert queries.holds(AnonymousUser(), Role.EDUCATOR) is False


def test_somebody_whose_account_is_closed_is_not_among_the_people(educator, district):
    educator.is_active = False
    educator.save()
    here = Organisation.objects.filter(pk=district.pk)
    assert not queries.people_with(Role.EDUCATOR, organisation_id=district.pk).exists()
    assert not queries.people_holding(Role.EDUCATOR, organisations=here).exists()


def test_roles_come_with_their_organisations_in_one_query(first_assessor, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [each.organisation.name for each in queries.roles_of(first_assessor)] == [
            "Hillside Schools",
            "Prairie Institute",
        ]


def test_the_employer_is_the_newest_school_unit(educator, other_district, issuer):
    enrolling.give_role(person=educator, organisation=issuer, role=Role.EDUCATOR, acting_person=None)
    assert queries.employer_of(educator).name == "Rivertown Schools"
    enrolling.give_role(person=educator, organisation=other_district, role=Role.EDUCATOR, acting_person=None)
    assert queries.employer_of(educator).name == "Hillside Schools"


def test_an_assessor_has_no_employer_here(second_assessor):
    assert queries.employer_of(second_assessor) is None


def test_colleagues_share_an_organisation(educator, other_educator, psu_officer, first_assessor, stranger):
    assert set(queries.colleagues_of(educator)) == {educator, other_educator, psu_officer}
    assert set(queries.colleagues_of(stranger)) == set()


def test_the_state_of_the_installation_is_the_one_in_its_settings(state, settings):
    assert queries.current_state() == state
    settings.STATE = "elsewhere"
    assert queries.current_state() is None


def test_organisations_are_found_by_the_states_own_code(state):
    assert set(queries.organisations_by_code(state.code)) == {"AGENCY", "ISSUER", "D1", "D2"}
    assert set(queries.organisations_by_code(state.code, ["D1", "nowhere"])) == {"D1"}
    assert queries.organisations_by_code("elsewhere") == {}


def test_what_left_the_pack_is_not_deleted_and_what_changed_is_brought_up_to_date(state, district):
    facts = {"slug": "rivertown", "kind": "district", "name": "Rivertown United", "standing": "synthetic"}
    assert registering.register_organisations(state=state, organisations={"D1": facts}) == 4
    district.refresh_from_db()
    assert district.name == "Rivertown United"
    assert Organisation.objects.get(code="D2").name == "Hillside Schools"


def test_whoever_teaches_at_a_school_is_employed_by_the_district_that_runs_it(district, stranger):
    facts = {"slug": "oak-school", "kind": "school", "name": "Oak School", "parent": district, "standing": "synthetic"}
    registering.register_organisations(state=district.state, organisations={"D1-1": facts})
    school = district.schools.get()
    enrolling.give_role(person=stranger, organisation=school, role=Role.EDUCATOR, acting_person=None)
    assert queries.employer_of(stranger) == district
