"""An alarm rings where a figure surely lies beyond what the state allows; it is looked at, asked about, and closed."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.quality.errors import IsAsked, NoSuchAlarm, NothingFound, UnusableOversightRules, UnusableQuestion
from longleaf.quality.models import Alarm
from longleaf.quality.monitoring import asking, looking_into, reminding, watching
from longleaf.quality.status import AlarmStatus
from longleaf.quality.tests.monitoring.told import tell
from tests import cast


def today():
    return timezone.localdate()


@pytest.fixture
def rung(watched, version, agency):
    tell(version, kept=24)
    assert watching.look(today=today()) == 1
    return Alarm.objects.get()


@pytest.fixture
def issuing_officer(issuer):
    return cast.make_person("Ira Issuer", (issuer, Role.ISSUER))


# --- When it rings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promised", "kept", "rings"),
    [
        (40, 24, True),
        # Below the bound, and not surely: its interval reaches 94%.
        (40, 34, False),
        # Surely below, and of too few.
        (20, 2, False),
        (40, 40, False),
    ],
)
def test_it_rings_only_where_the_whole_interval_lies_beyond(watched, version, agency, promised, kept, rings):
    tell(version, promised=promised, kept=kept)
    assert watching.look(today=today()) == int(rings)


def test_a_band_rings_on_both_sides(watched, version, agency):
    tell(version, attempts=200, first_time=199)
    watching.look(today=today())
    high = Alarm.objects.get()
    assert (high.measure, high.is_above, high.threshold, high.number) == ("first-time", True, 0.95, 200)
    assert high.low > 0.95
    Alarm.objects.all().delete()
    tell(version, attempts=40, first_time=1)
    watching.look(today=today())
    assert not Alarm.objects.get().is_above


def test_it_rings_once_and_after_it_was_closed_not_for_a_while(watched, version, agency, state_officer, rung):
    assert watching.look(today=today() + timedelta(days=1)) == 0
    looking_into.close(alarm=rung, found="A holiday.", acting_person=state_officer)
    assert watching.look(today=today() + timedelta(days=89)) == 0
    assert watching.look(today=today() + timedelta(days=90)) == 1
    line = JournalLine.objects.filter(event="quality:alarm:raised").first()
    assert (line.actor, line.data["about"], line.data["number"]) == ("", "organisation:ISSUER", 40)


def test_all_figures_are_looked_at_once_a_day(watched, version, agency):
    tell(version, kept=24)
    assert watching.look_once_a_day(today=today()) == 1
    Alarm.objects.all().delete()
    assert watching.look_once_a_day(today=today()) == 0
    assert watching.look_once_a_day(today=today() + timedelta(days=1)) == 1


def test_a_state_that_says_nothing_has_no_alarms(version, agency):
    tell(version, kept=0)
    assert watching.look_once_a_day(today=today()) == 0


def test_rules_that_cannot_be_are_refused_with_their_place(state, watched):
    with pytest.raises(UnusableOversightRules) as refused:
        watched(alarms=[{"measure": "agreement", "of": "assessors", "below": 0.6}])
    assert list(refused.value.fields) == ["alarms[0].of"]
    watched()
    watched()
    assert JournalLine.objects.filter(event="state:oversight:set").count() == 1


def test_the_database_keeps_an_alarm_from_ringing_twice(rung):
    rung.pk, rung.ref = None, "ALM-2"
    with pytest.raises(IntegrityError), transaction.atomic():
        rung.save(force_insert=True)


# --- What is done about it -------------------------------------------------------------------------------------------


def test_an_officer_says_what_was_found_and_the_issuer_answers(rung, state_officer, issuing_officer, designer):
    for somebody in (issuing_officer, designer):
        with pytest.raises(NoSuchAlarm):
            looking_into.look_into(alarm=rung, found="Nothing.", acting_person=somebody)
        with pytest.raises(NoSuchAlarm):
            asking.answer(alarm=rung, text="Nobody asked.", acting_person=somebody)
    with pytest.raises(NothingFound):
        looking_into.close(alarm=rung, found=" ", acting_person=state_officer)
    with pytest.raises(UnusableQuestion):
        asking.ask(alarm=rung, question="", acting_person=state_officer)
    asking.ask(alarm=rung, question="Why?", acting_person=state_officer)
    with pytest.raises(IsAsked):
        asking.ask(alarm=rung, question="And?", acting_person=state_officer)
    asking.answer(alarm=rung, text="Two assessors left.", acting_person=issuing_officer)
    with pytest.raises(IsAsked):
        asking.answer(alarm=rung, text="Three.", acting_person=issuing_officer)
    looking_into.look_into(alarm=rung, found="Assessors left.", acting_person=state_officer)
    looking_into.close(alarm=rung, found="Others came.", acting_person=state_officer)
    with pytest.raises(WrongState):
        looking_into.look_into(alarm=rung, found="Late.", acting_person=state_officer)
    rung.refresh_from_db()
    assert (rung.status, rung.found, rung.closed_on) == (AlarmStatus.CLOSED, "Others came.", today())


def test_those_who_must_act_are_reminded(rung, state_officer, issuing_officer):
    now = timezone.now()
    assert [due.person for due in reminding.not_looked_at(now)] == [state_officer.pk]
    asking.ask(alarm=rung, question="Why?", acting_person=state_officer)
    assert [due.person for due in reminding.asked(now)] == [issuing_officer.pk]
    asking.answer(alarm=rung, text="Two left.", acting_person=issuing_officer)
    assert list(reminding.asked(now)) == []


def test_the_pages_of_alarms_keep_what_is_typed_and_show_each_their_own(
    rung, state_officer, issuing_officer, educator, client_of
):
    officer, theirs, at = client_of(state_officer), client_of(issuing_officer), f"/quality/alarms/{rung.ref}/"
    for nobody in (theirs, client_of(educator)):
        assert nobody.get(at).status_code == 404
    page = unescape(officer.get("/quality/alarms/").content.decode())
    assert f"/quality/alarms/{rung.ref}/" in page
    assert "60% of 40 (45% to 74%), below 90%" in page
    assert officer.post(at, {"action": "dance", "written": "x"}).status_code == 404
    refused = officer.post(at, {"action": "close", "written": " "})
    assert refused.status_code == 422
    assert officer.post(at, {"action": "ask", "written": "Why so *late*?"}).status_code == 302
    again = officer.post(at, {"action": "ask", "written": "A second question."})
    assert again.status_code == 409
    assert "A second question." in again.content.decode()
    assert "<em>late</em>" in theirs.get(at).content.decode()
    assert rung.ref in theirs.get("/quality/alarms/").content.decode()
    assert theirs.post(at, {"action": "close", "written": "Gone."}).status_code == 404
    assert theirs.post(at, {"action": "answer", "written": "Two left."}).status_code == 302
    assert officer.post(at, {"action": "close", "written": "Settled."}).status_code == 302
    assert rung.ref not in officer.get("/quality/alarms/").content.decode()
    assert rung.ref in officer.get("/quality/alarms/", {"state": "closed"}).content.decode()
    assert officer.get(at).status_code == 200


def test_a_list_of_alarms_asks_the_database_as_often_for_20_as_for_2(
    rung, state_officer, client_of, django_assert_max_num_queries
):
    client = client_of(state_officer)
    client.get("/quality/alarms/")
    with time_machine.travel(timezone.now(), tick=False):
        counts = []
        for number in (2, 20):
            facts = {"measure": rung.measure, "status": "closed", "found": "x", "looked_at_by": state_officer}
            for place in range(Alarm.objects.count(), number):
                Alarm.objects.create(
                    ref=f"ALM-{place}", agency=rung.agency, organisation=rung.organisation, closed_on=today(),
                    is_above=False, threshold=0.9, value=0.5, low=0.4, high=0.6, number=40, first_day=today(),
                    raised_on=today(), **facts,
                )  # fmt: skip
            with django_assert_max_num_queries(30) as asked:
                client.get("/quality/alarms/", {"state": "closed"})
            counts.append(len(asked))
    assert counts[0] == counts[1]
