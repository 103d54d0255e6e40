"""Facets and their counts, held against counting by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longleaf.catalog import counting, publishing, queries
from longleaf.catalog.facets import STANDARD, TITLES, Asked
from longleaf.catalog.status import Facet
from tests import cast

ROLES, BANDS, TOPICS = ["teacher", "leader"], ["k-5", "6-8"], ["feedback", "literacy", "coaching"]
HOURS, ITEMS, FAMILIES = [5, 6, 20, 21], ["MTS-1", "MTS-1A", "MTS-2"], ["feedback", "leading"]
BANDS_OF_EFFORT = {5: "up-to-5", 6: "6-to-10", 20: "11-to-20", 21: "over-20"}
CREDITS = ["digital", "literacy-credit"]

some = st.sets
MADE = st.fixed_dictionaries(
    {
        "roles": some(st.sampled_from(ROLES)),
        "grade_bands": some(st.sampled_from(BANDS)),
        "topics": some(st.sampled_from(TOPICS), min_size=1),
        "hours": st.sampled_from(HOURS),
        "items": some(st.sampled_from(ITEMS)),
        "family": st.sampled_from(FAMILIES),
        "issuer": st.sampled_from(["ISSUER", "D1"]),
        "credits": some(st.sampled_from(CREDITS)),
        "language": st.sampled_from(["en", "es"]),
    }
)
VALUES: Mapping[str, list[str]] = {
    "role": ROLES,
    "grade_band": BANDS,
    "topic": TOPICS,
    "effort": list(BANDS_OF_EFFORT.values()),
    "framework": ["mts"],
    "standard": ITEMS,
    "family": FAMILIES,
    "issuer": ["prairie-institute", "rivertown"],
    "credit": CREDITS,
    "language": ["en", "es"],
}
CHOSEN = st.fixed_dictionaries(
    {}, optional={name: some(st.sampled_from(values), min_size=1) for name, values in VALUES.items()}
)


def tags_of(made: Mapping) -> dict[str, set[str]]:
    """What one document can be found by, worked out from how it was made."""
    standards = set(made["items"]) | ({"MTS-1"} if "MTS-1A" in made["items"] else set())
    return {
        "role": made["roles"],
        "grade_band": made["grade_bands"],
        "topic": made["topics"],
        "effort": {BANDS_OF_EFFORT[made["hours"]]},
        "framework": {"mts"} if standards else set(),
        "standard": standards,
        "family": {made["family"]},
        "issuer": {{"ISSUER": "prairie-institute", "D1": "rivertown"}[made["issuer"]]},
        "credit": made["credits"],
        "language": {made["language"]},
    }


def publish_made(stage: dict, number: int, made: Mapping) -> None:
    document = cast.make_document(
        f"v{number}",
        family=made["family"],
        language=made["language"],
        effort_hours=made["hours"],
        topics=sorted(made["topics"]),
        audience={"roles": sorted(made["roles"]), "grade_bands": sorted(made["grade_bands"])},
    )
    aligned = [stage["items"][code] for code in sorted(made["items"])]
    version = cast.publish(stage["state"], stage["organisations"][made["issuer"]], document, aligned)
    publishing.note_facet(version=version, facet=Facet.CREDIT, values=made["credits"])


def naive_counts(all_tags: list[dict[str, set[str]]], chosen: Mapping[str, set[str]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for facet in VALUES:
        others = {name: values for name, values in chosen.items() if name != facet}
        under = [tags for tags in all_tags if all(tags[name] & values for name, values in others.items())]
        for value in VALUES[facet]:
            count = sum(value in tags[facet] for tags in under)
            if count or value in chosen.get(facet, ()):
                counts[facet][value] = count
    if not chosen.get("framework") and not chosen.get("standard"):
        counts.pop("standard", None)
    return dict(counts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(MADE, min_size=1, max_size=5), chosen=CHOSEN)
def test_counts_are_what_counting_by_hand_gives(made, chosen, stage):
    from longleaf.catalog.models import MicroCredential, Version

    for old in (Version.objects.filter(micro_credential__state="nc"),):
        MicroCredential.objects.update(current=None)
        old.delete()
        MicroCredential.objects.all().delete()
    for number, each in enumerate(made):
        publish_made(stage, number, each)
    asked = Asked(chosen={name: tuple(sorted(values)) for name, values in chosen.items()})
    shown = counting.facets_for(asked, stage["state"])
    counts = {facet.name: {option.value: option.count for option in facet.options} for facet in shown}
    all_tags = [tags_of(each) for each in made]
    assert counts == naive_counts(all_tags, chosen)
    fitting = [tags for tags in all_tags if all(tags[name] & values for name, values in chosen.items())]
    assert queries.found(asked).count() == len(fitting)
    checked = {(facet.name, option.value) for facet in shown for option in facet.options if option.checked}
    assert checked == {(name, value) for name, values in chosen.items() for value in values}


@pytest.fixture
def two(stage):
    everything = {"roles": {"teacher"}, "grade_bands": {"k-5"}, "topics": {"feedback"}, "hours": 5, "items": {"MTS-1A"}}
    rest = {"family": "feedback", "issuer": "ISSUER", "credits": {"digital"}, "language": "en"}
    publish_made(stage, 1, {**everything, **rest})
    publish_made(stage, 2, {**everything, **rest, "issuer": "D1", "items": {"MTS-2"}, "topics": {"literacy"}})
    return stage


def shown_for(stage: dict, address: str) -> dict[str, list[tuple[str, int]]]:
    facets = counting.facets_for(Asked.of(QueryDict(address)), stage["state"])
    return {facet.legend: [(option.label, option.count) for option in facet.options] for facet in facets}


def test_values_are_told_in_the_words_of_the_state(two):
    shown = shown_for(two, "framework=mts")
    assert shown["Role"] == [("Teacher", 2)]
    assert shown["Grade band"] == [("Grades K-5", 2)]
    assert shown["Effort"] == [("Up to 5 hours", 2)]
    assert shown["Language"] == [("English", 2)]
    assert shown["Issuer"] == [("Prairie Institute", 1), ("Rivertown Schools", 1)]
    assert shown["Standard"] == [
        ("MTS-1 Knows the subject (synthetic)", 1),
        ("MTS-1A Explains it well (synthetic)", 1),
        ("MTS-2 Helps learners grow (synthetic)", 1),
    ]


def test_a_choice_that_gives_nothing_keeps_its_name_so_that_it_can_be_taken_back(two):
    shown = shown_for(two, "issuer=rivertown&topic=feedback")
    assert ("Rivertown Schools", 0) in shown["Issuer"]
    assert ("Feedback", 0) in shown["Topic"]


def test_standards_wait_until_a_framework_is_chosen(two):
    assert TITLES[STANDARD] not in shown_for(two, "")
    assert TITLES[STANDARD] in shown_for(two, "standard=MTS-2")


def test_facets_are_asked_in_the_order_of_their_titles(two):
    assert list(shown_for(two, "framework=mts")) == list(TITLES.values())


def test_words_and_facets_narrow_together(two):
    assert shown_for(two, "q=literacy")["Issuer"] == [("Rivertown Schools", 1)]


def test_an_address_survives_being_read_and_written():
    address = "?q=two+words&framework=mts&role=teacher&role=leader"
    asked = Asked.of(QueryDict(address[1:] + "&page=3&unknown=1&role=teacher"))
    assert asked.address() == address
    assert asked.without("role", "leader").address() == "?q=two+words&framework=mts&role=teacher"
    assert asked.without("role").address() == "?q=two+words&framework=mts"
    assert Asked().is_everything
    assert not asked.is_everything


@pytest.mark.parametrize(
    "address", ["/catalog/", "/catalog/?q=feedback&role=teacher&framework=mts&issuer=prairie-institute"]
)
def test_a_list_asks_the_database_as_often_for_thirty_as_for_one(address, stage, client):
    asked = []
    published = 0
    for wanted in (1, 3, 30):
        while published < wanted:
            document = cast.make_document(f"v{published}")
            cast.publish(stage["state"], stage["organisations"]["ISSUER"], document, [stage["items"]["MTS-2"]])
            published += 1
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(address)
        asked.append(len(counted))
    assert asked == [asked[0]] * 3
    assert asked[0] <= 16


def test_a_page_asks_the_database_as_often_whatever_the_version_holds(stage, client):
    """Two pages of very different length, with stacks, versions and alignments."""
    state, issuer = stage["state"], stage["organisations"]["ISSUER"]
    small, large = cast.make_document("small"), cast.make_document("large")
    cast.publish(state, issuer, small, [])
    for number in range(5):
        large["summary"] = f"Edition {number}"
        cast.publish(state, issuer, large, list(stage["items"].values()))
    for number in range(4):
        publishing.gather_stack(
            state=state, issuer=issuer, slug=f"s{number}", members=["large"], title=f"S{number}", standing="synthetic"
        )
    asked = []
    for slug in ("small", "large"):
        for page in ("", "packet/"):
            client.get(f"/catalog/{slug}/{page}")
            with CaptureQueriesContext(connection) as counted:
                client.get(f"/catalog/{slug}/{page}")
            asked.append(len(counted))
    assert asked[0] == asked[2]
    assert asked[1] == asked[3]
    assert max(asked) <= 13


def test_a_facet_in_which_there_is_nothing_to_choose_is_not_asked(two, client):
    legends = [legend for legend in TITLES.values() if f'legend">{legend}<' in client.get("/catalog/").content.decode()]
    assert legends == ["Topic", "Issuer"]
    assert 'legend">Language<' in client.get("/catalog/?language=en").content.decode()
