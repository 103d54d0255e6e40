"""What reviewers of an application and the organisation that handed it in can learn of one another."""

from __future__ import annotations

from html import unescape

from longleaf.panels.models import Assignment
from longleaf.quality.agencies import submitting
from longleaf.quality.tests.agencies import stage

WROTE, NOTE = "Zyxwofficer", "Zyxwnote"


def seen_by(client, *addresses):
    return "\n".join(unescape(client.get(each).content.decode()) for each in addresses)


def test_reviewers_know_whose_it_is_and_neither_each_other_nor_who_wrote_it(
    state, issuer, issuing_officer, reviewers, client_of
):
    issuing_officer.name = WROTE
    issuing_officer.save(update_fields=["name"])
    stage.publish(state, stage.of_pack("nc"))
    draft = stage.show(stage.begin(issuer, issuing_officer), issuing_officer)
    review = submitting.submit(application=draft, note=NOTE, acting_person=issuing_officer)
    first, second = stage.seats(review)
    stage.read_all(review)
    Assignment.objects.get(pk=first.pk).ratings.update(comment="Zyxwcomment")
    at = f"/quality/readings/{second.ref}/"
    seen = seen_by(client_of(second.rater), "/quality/", "/quality/readings/", at, f"{at}progress/", f"{at}room/")
    assert issuer.name in seen
    # In its reader's queue too, where nothing of a design can be told.
    queue = seen_by(client_of(second.rater), "/quality/readings/")
    assert f"{issuer.name}: " in queue
    assert "()" not in queue
    for told in (first.ref, first.rater.name, "Zyxwcomment", WROTE, NOTE, draft.ref):
        assert told not in seen
    own = seen_by(
        client_of(issuing_officer),
        "/quality/",
        "/quality/applications/",
        f"/quality/applications/{draft.ref}/",
        f"/quality/reviews/{review.ref}/",
    )
    assert NOTE in own
    for seat in (first, second):
        for told in (seat.ref, seat.rater.name, "Zyxwcomment"):
            assert told not in own
