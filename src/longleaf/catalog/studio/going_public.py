"""The verbs that make a draft a version, and that offer a micro-credential no more. Officers of the issuer only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from longleaf.catalog import publishing
from longleaf.catalog.errors import DraftNotOpen, DraftNotSound, MayNotPublish
from longleaf.catalog.events import Event
from longleaf.catalog.models import Draft, Family, MicroCredential, Version
from longleaf.catalog.status import DRAFT_MOVES, DraftStatus
from longleaf.catalog.studio import access, samples
from longleaf.catalog.studio.checking import as_published, problems_of
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.shapes import written
from longleaf.frameworks import queries as frameworks
from longleaf.journal.recording import record, take_turn
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

ASK_OFFICER = "Only an issuing officer of {} publishes in its name. Ask one of them to look at the draft."


@transaction.atomic
def publish_draft(*, draft: Draft, acting_person: Person, own_words: bool = False) -> Version:
    """Publish a draft as a version, by the same verb that publishes a pack's; an earlier version is superseded.

    `own_words` says that the issuer answers for wording that was brought from elsewhere and was not official there;
    without it, it stays what it was. A draft that is published already stays so and gives its version. What was typed
    stays with the draft. Raises `MayNotPublish`, `DraftNotOpen`, and `DraftNotSound` with every problem.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if not access.may_publish(acting_person, draft):
        raise MayNotPublish(ASK_OFFICER.format(draft.issuer))
    if draft.version:
        return draft.version
    if draft.status != DraftStatus.OPEN:
        raise DraftNotOpen("This draft was set aside. Take it up again before it is published.")
    if draft.micro_credential_id:
        publishing.lock(draft.micro_credential_id)
    # Two drafts of one name would both find it free; whoever comes second finds it taken.
    take_turn()
    _require_sound(draft)
    version = _publish(draft, as_published(draft, own_words=own_words), acting_person)
    require_move(DRAFT_MOVES, DraftStatus(draft.status), DraftStatus.PUBLISHED, what="This draft")
    draft.status, draft.version, draft.micro_credential = DraftStatus.PUBLISHED, version, version.micro_credential
    draft.save(update_fields=["status", "version", "micro_credential", "changed_at"])
    samples.open_with(version, draft=draft)
    if draft.upstream_id:
        _level_with_upstream(draft, version)
    data = {"micro_credential": version.micro_credential.slug, "version": version.number, "own_words": own_words}
    record(Event.DRAFT_PUBLISHED, actor=acting_person, subject=f"draft:{draft.ref}", data=data)
    return version


@transaction.atomic
def retire(*, version: Version, acting_person: Person) -> Version:
    """Offer a micro-credential no more, whose present version this is. Raises `MayNotPublish` and `WrongState`."""
    require_officer(version, acting_person=acting_person)
    return publishing.retire(version=version, acting_person=acting_person)


def require_officer(version: Version, *, acting_person: Person) -> None:
    """Raise `MayNotPublish` for who is no issuing officer of the organisation that offers it."""
    if not access.may_retire(acting_person, version.micro_credential):
        raise MayNotPublish(ASK_OFFICER.format(version.micro_credential.issuer))


def _level_with_upstream(draft: Draft, version: Version) -> None:
    """Keep how far the draft is level with where it was adopted from, unless another went further meanwhile."""
    upstream = draft.upstream
    assert upstream is not None
    elsewhere = Q(upstream__isnull=True) | ~Q(upstream__micro_credential=upstream.micro_credential_id)
    made = MicroCredential.objects.filter(elsewhere | Q(upstream__number__lte=upstream.number))
    made.filter(pk=version.micro_credential_id).update(upstream=upstream, upstream_left=draft.upstream_left)


def _require_sound(draft: Draft) -> None:
    problems = problems_of(draft, OptionsOf(draft.issuer.state, draft.typed))
    if problems:
        fields = {written(each.path): each.sentence for each in reversed(problems)}
        raise DraftNotSound(
            "This draft is not ready to be published. Mend what stands beside its fields.", fields=fields
        )


def _publish(draft: Draft, document: Mapping[str, Any], acting_person: Person) -> Version:
    state: State = draft.issuer.state
    items = frameworks.items_by_code(state)
    version = publishing.publish(
        state=state,
        issuer=draft.issuer,
        family=Family.objects.get(state=state, code=document["family"]),
        document=document,
        aligned=[publishing.AlignedItem(items[each["item"]], each["standing"]) for each in document["alignments"]],
        acting_person=acting_person,
    )
    for path in settings.WITH_A_VERSION:
        import_string(path)(version=version)
    return version
