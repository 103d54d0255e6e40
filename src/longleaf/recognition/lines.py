"""Forms of several lines on one page."""

from __future__ import annotations

from django import forms


class Lines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Lines of which each may be emptied to take it away: what is posted stands for itself, whatever was there before.

    Django lets only lines beyond the initial ones be empty, and takes their number from what is posted.
    """

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()
