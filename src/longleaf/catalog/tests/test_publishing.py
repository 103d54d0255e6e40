"""Publishing: what was published stays as it was, and what is found is what is offered."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from longleaf.catalog import queries
from longleaf.catalog.errors import NoSuchMicroCredential
from longleaf.catalog.facets import effort_band
from longleaf.catalog.models import Version
from longleaf.catalog.status import VersionStatus
from longleaf.journal.models import JournalLine
from longleaf.kit.standing import STANDINGS
from tests import cast


def test_the_same_text_again_changes_nothing(version, state, issuer, items, document):
    lines = JournalLine.objects.count()
    assert cast.publish(state, issuer, document, [items["MTS-2"]]) == version
    assert Version.objects.count() == 1
    assert JournalLine.objects.count() == lines


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_as_it_was(version, state, issuer, items):
    before = Version.objects.values("document", "digest", "title", "competency", "uuid").get(pk=version.pk)
    newer = cast.publish(state, issuer, cast.make_document(competency="Another."), [items["MTS-1"]])
    assert newer.number == 2
    assert Version.objects.values("document", "digest", "title", "competency", "uuid").get(pk=version.pk) == before
    version.refresh_from_db()
    assert version.status == VersionStatus.SUPERSEDED
    assert newer.micro_credential.versions.filter(status=VersionStatus.PUBLISHED).get() == newer
    assert [item.item.code for item in version.alignments.all()] == ["MTS-2"]


def test_two_versions_cannot_be_offered_at_once(version):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            micro_credential=version.micro_credential,
            number=2,
            status=VersionStatus.PUBLISHED,
            document={},
            digest="",
            title="t",
            effort_hours=1,
            published_at=version.published_at,
        )


def test_a_draft_is_read_by_nobody(version):
    draft = Version.objects.create(
        micro_credential=version.micro_credential,
        number=2,
        document={},
        digest="",
        title="Draft",
        effort_hours=1,
        turnaround_business_days=10,
    )
    assert queries.whole_version(version.micro_credential.slug).version == version
    with pytest.raises(NoSuchMicroCredential):
        queries.whole_version(version.micro_credential.slug, 2)
    assert queries.version_by_uuid(draft.uuid) is None
    assert queries.version_by_uuid(version.uuid) == version


def test_what_is_offered_no_more_still_shows_its_last_version(version, client):
    Version.objects.filter(pk=version.pk).update(status=VersionStatus.RETIRED)
    page = client.get(f"/catalog/{version.micro_credential.slug}/").content.decode()
    assert "This is offered no more" in page
    assert queries.listed(queries.Asked()).count() == 0


@pytest.mark.parametrize(
    ("hours", "band"), [(1, "up-to-5"), (5, "up-to-5"), (5.5, "6-to-10"), (20, "11-to-20"), (90, "over-20")]
)
def test_hours_fall_into_their_band(hours, band):
    assert effort_band(hours) == band


@pytest.mark.parametrize(
    "change",
    [
        {"document": {"title": "Another"}},
        {"digest": "0" * 64},
        {"number": 9},
        {"title": "T"},
        {"status": "draft"},
        {"standing": "official"},
    ],
)
def test_the_database_refuses_to_change_what_was_published(change, version):
    with pytest.raises(IntegrityError, match="A published version never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)
    version.save()  # the same again is no change
    assert Version.objects.get(pk=version.pk).digest == version.digest


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_database_labels_a_title_as_a_page_does(standing, state, issuer):
    version = cast.publish(state, issuer, cast.make_document(standing=standing))
    assert version.standing == standing
    assert Version.objects.values_list(queries.labelled_title(), flat=True).get() == version.labelled_title
