"""A framework is entered with its items, brought up to date, and never loses what something is aligned to."""

from __future__ import annotations

import pytest

from longleaf.frameworks import publishing, queries
from longleaf.frameworks.models import Framework, FrameworkItem


def item(code, parent=None, title="A title"):
    return publishing.Item(code, title, parent, "In our own words.", "synthetic")


@pytest.fixture
def publish(state):
    def published(*items, **facts):
        facts = {"title": "Trial standards", "owner": "Meadow", **facts}
        return publishing.publish(state=state, code="trial", items=items, **facts)

    return published


def tree_of(state, code="trial"):
    [found] = [tree for tree in queries.frameworks_with_items(state) if tree.framework.code == code]
    return found


def test_items_keep_their_order_and_stand_below_one_another(publish, state):
    publish(item("T-2"), item("T-1"), item("T-1A", "T-1"), item("T-1B", "T-1"), item("T-1A1", "T-1A"))
    branches = tree_of(state).branches
    assert [each.item.code for each in branches] == ["T-2", "T-1"]
    assert [each.item.code for each in branches[1].children] == ["T-1A", "T-1B"]
    assert [each.item.code for each in branches[1].children[0].children] == ["T-1A1"]


def test_published_again_it_is_the_same_rows(publish):
    items = [item("T-1"), item("T-1A", "T-1")]
    publish(*items)
    before = list(FrameworkItem.objects.order_by("pk").values())
    publish(*items)
    assert list(FrameworkItem.objects.order_by("pk").values()) == before


def test_what_changed_is_brought_up_to_date(publish, state):
    publish(item("T-1"), item("T-1A", "T-1"))
    publish(item("T-1A"), item("T-1", title="Another title"), title="Standards of today")
    branches = tree_of(state).branches
    assert [(each.item.code, each.item.title) for each in branches] == [("T-1A", "A title"), ("T-1", "Another title")]
    assert Framework.objects.get(code="trial").title == "Standards of today"


def test_an_item_that_left_is_retired_and_comes_back(publish, state):
    publish(item("T-1"), item("T-2"))
    publish(item("T-1"))
    assert FrameworkItem.objects.get(code="T-2").retired
    assert [each.item.code for each in tree_of(state).branches] == ["T-1"]
    assert "T-2" in queries.items_by_code(state)
    publish(item("T-1"), item("T-2"))
    assert not FrameworkItem.objects.get(code="T-2").retired


def test_what_stands_below_a_retired_item_is_still_shown(publish, state):
    publish(item("T-1"), item("T-1A", "T-1"))
    publish(item("T-1A"))
    assert [each.item.code for each in tree_of(state).branches] == ["T-1A"]


def test_a_micro_credential_stays_aligned_to_what_left(version, items, state):
    publishing.publish(state=state, code="mts", items=[item("MTS-1")], title="Meadow Teaching Standards", owner="M")
    assert [each.item.code for each in version.alignments.select_related("item")] == ["MTS-2"]


def test_every_framework_is_read_in_two_queries(publish, state, django_assert_num_queries):
    publish(item("T-1"), item("T-1A", "T-1"))
    with django_assert_num_queries(2):
        queries.frameworks_with_items(state)


def test_a_state_has_its_own_frameworks(publish):
    publish(item("T-1"))
    assert queries.frameworks_with_items(None) == []
