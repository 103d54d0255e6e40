"""Policy documents are taken in once each; the one loaded last is in force."""

from __future__ import annotations

import pytest

from longleaf.engines.policy import PolicyError
from longleaf.journal.models import JournalLine
from longleaf.recognition import policies
from longleaf.recognition.events import Event
from longleaf.recognition.models import PolicyText
from longleaf.recognition.tests.factories import load, make_policy_document


def loaded_lines():
    return list(JournalLine.objects.filter(event=Event.POLICY_LOADED).order_by("number"))


def test_loaded_twice_it_is_one_text_and_one_line(state):
    load(state)
    load(state)
    assert PolicyText.objects.count() == 1
    [line] = loaded_lines()
    assert (line.subject, line.data["code"]) == (f"state:{state.code}", "renewal")
    assert line.data["digest"] == PolicyText.objects.get().digest


def test_a_changed_text_is_kept_beside_the_earlier_one_and_is_in_force(state):
    load(state)
    load(state, title="Meadow renewal, mended")
    assert PolicyText.objects.count() == 2
    assert policies.renewal_policy().rule.title == "Meadow renewal, mended"


def test_going_back_to_an_earlier_text_puts_it_in_force_again(state):
    load(state)
    load(state, title="A mistake")
    load(state)
    assert policies.renewal_policy().rule.title == "Meadow renewal"
    assert PolicyText.objects.count() == 2
    first, mistaken, again = [line.data["digest"] for line in loaded_lines()]
    assert first == again != mistaken


def test_a_bad_document_is_refused_whole(state):
    with pytest.raises(PolicyError):
        load(state, unit=None)
    assert not PolicyText.objects.exists()


def test_each_state_has_its_own(state, settings):
    load(state)
    settings.STATE = "elsewhere"
    assert policies.renewal_policy() is None
    assert policies.policy_of(state.code) is not None


def test_only_the_text_called_renewal_rules_renewal(state):
    policies.load_policy(state=state, code="stipends", document=make_policy_document(), acting_person=None)
    assert policies.renewal_policy() is None


def test_asking_again_costs_one_small_query(state, django_assert_num_queries):
    load(state)
    policies.renewal_policy()
    with django_assert_num_queries(1):
        policies.renewal_policy()
