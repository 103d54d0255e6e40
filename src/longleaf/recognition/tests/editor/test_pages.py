"""The pages of a policy: read, written, published and compared, by officers of the agency alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.recognition import ruling
from longleaf.recognition.editor import drafting, queries
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.models import PolicyDraft, PolicyPublication
from longleaf.recognition.tests.factories import load
from tests import cast

TOTAL, FREE = "versions[0].total", "versions[0].requirements[0].parts[1].credits"
RULE = "?at=versions%5B0%5D"


@pytest.fixture
def officer(client_of, state_officer):
    return client_of(state_officer)


@pytest.fixture
def draft(state, state_officer):
    load(state)
    return drafting.begin(state=state, name="Eight credits", base=queries.text_now(state), acting_person=state_officer)


def at(draft, page=""):
    return f"/renewal/policy/drafts/{draft.ref}/{page}"


def said(response):
    return " ".join(response.content.decode().split())


def test_a_change_from_a_draft_to_its_day(officer, state):
    load(state)
    assert officer.post("/renewal/policy/", {"name": " "}).status_code == 422
    assert officer.post("/renewal/policy/", {"name": "Eight credits"}).status_code == 302
    draft = PolicyDraft.objects.get()
    form = said(officer.get(at(draft, "rule/") + RULE))
    assert "What all parts of a requirement add up to." in form
    assert "Takes: Aligned to standard 2" in form
    typed = {"revision": 0, f"at:{TOTAL}": "8", f"at:{FREE}": "5"}
    assert officer.post(at(draft, "rule/") + RULE, typed).status_code == 302
    assert "The parts add up to 9, and the total is 8." in said(officer.get(at(draft)))
    assert officer.post(at(draft, "publish/"), {"reason": "So", "in_force_from": "2099-01-01"}).status_code == 422
    officer.post(at(draft, "rule/") + RULE, {"revision": 1, f"at:{FREE}": "4"})
    preview = said(officer.get(at(draft, "preview/")))
    assert "Requirements › teacher › Parts › free › Credits" in preview
    day = timezone.localdate() + timedelta(days=30)
    assert officer.post(at(draft, "publish/"), {"reason": "So", "in_force_from": day.isoformat()}).status_code == 302
    home = said(officer.get("/renewal/policy/"))
    assert "To come: Meadow renewal" in home
    published = PolicyPublication.objects.get()
    compared = officer.get(f"/renewal/policy/compare/?before={draft.base_id}&after={published.text_id}")
    assert "Total" in said(compared)
    assert officer.get(f"/renewal/policy/texts/{published.text_id}/").status_code == 200
    file = officer.get(f"/renewal/policy/texts/{published.text_id}/renewal.yaml").content.decode()
    assert "total: 8" in file
    withdrawn = officer.post(f"/renewal/policy/published/{published.pk}/withdraw/", {"why": "The board waits."})
    assert withdrawn.status_code == 302
    assert "The board waits." in said(officer.get("/renewal/policy/"))


def test_nothing_typed_is_lost_when_somebody_else_saved(officer, draft, agency):
    second = cast.make_person("Sybil Second", (agency, Role.STATE_OFFICER))
    drafting.change_values(draft=draft, values={TOTAL: "9"}, revision=0, acting_person=second)
    late = officer.post(at(draft, "text/"), {"text": "title: 'Of mine'", "revision": 0})
    assert late.status_code == 409
    assert "title: &#39;Of mine&#39;" in said(late)
    assert "Sybil Second saved this draft" in said(late)
    by_rule = officer.post(at(draft, "rule/") + RULE, {"revision": 0, f"at:{FREE}": "4.5"})
    assert by_rule.status_code == 409
    assert 'value="4.5"' in said(by_rule)
    auto = officer.post(at(draft, "save/") + "?page=p", {"text": "x: 1", "revision": 0})
    assert (auto.status_code, auto.json()["revision"]) == (409, 1)
    kept = officer.post(at(draft, "save/") + "?page=p", {"text": "x: 1", "revision": 1})
    assert kept.json()["revision"] == 2
    assert "“x” is not known here" in said(officer.get(at(draft, "text/")))


def test_a_second_officer_approves_or_gives_back(officer, client_of, draft, agency, state):
    ruling.set_practice(state=state, figures={"publishing_takes_two": True}, standing="synthetic", acting_person=None)
    second = client_of(cast.make_person("Sybil Second", (agency, Role.STATE_OFFICER)))
    officer.post(at(draft, "rule/") + RULE, {"revision": 0, f"at:{TOTAL}": "8", f"at:{FREE}": "4"})
    day = timezone.localdate() + timedelta(days=30)
    officer.post(at(draft, "publish/"), {"reason": "So", "in_force_from": day.isoformat()})
    assert "Approve and publish" not in said(officer.get(at(draft)))
    assert officer.post(at(draft, "approve/"), {"act": "approve"}).status_code == 403
    assert second.post(at(draft, "approve/"), {"act": "back", "why": ""}).status_code == 422
    second.post(at(draft, "approve/"), {"act": "back", "why": "Name the rule."})
    assert "Name the rule." in said(officer.get(at(draft)))
    officer.post(at(draft, "publish/"), {"reason": "Rule 7", "in_force_from": day.isoformat()})
    assert second.post(at(draft, "approve/"), {"act": "approve"}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == DraftStatus.PUBLISHED


@pytest.mark.parametrize("who", ["psu_officer", "educator", "stranger"])
def test_others_see_no_page_of_it(who, draft, client_of, request):
    client = client_of(request.getfixturevalue(who))
    pages = ("", "text/", "rule/" + RULE, "preview/", "publish/")
    assert {client.get(at(draft, page)).status_code for page in pages} == {404}
    assert client.get("/renewal/policy/").status_code == 403
    assert client.get(f"/renewal/policy/texts/{draft.base_id}/").status_code == 403


def test_lists_cost_the_same_however_long(officer, state, state_officer, draft, django_assert_max_num_queries):
    officer.get("/renewal/policy/")
    for number in range(19):
        drafting.begin(state=state, name=f"Draft {number}", base=draft.base, acting_person=state_officer)
    with django_assert_max_num_queries(16):
        officer.get("/renewal/policy/")
