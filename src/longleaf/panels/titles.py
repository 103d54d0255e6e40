"""What a panel judges, in words. The app that convened it knows; panels knows a blind reference only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string


def titles_of(panels: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The title of what each panel, by kind and subject, judges. One question to each kind's own app.

    `settings.SUBJECT_TITLES` names for each kind a function that takes subjects and gives titles by subject. What has
    no title is left out.
    """
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, subject in panels:
        by_kind[kind].append(subject)
    return {
        (kind, subject): title
        for kind, subjects in by_kind.items()
        if kind in settings.SUBJECT_TITLES
        for subject, title in import_string(settings.SUBJECT_TITLES[kind])(subjects).items()
    }
