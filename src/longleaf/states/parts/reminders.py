"""`reminders.yaml`: on which days people are reminded of clocks, where the usual days are not right."""

from __future__ import annotations

from collections.abc import Mapping

from longleaf.states.parts.values import Document, Sourced


class Reminders(Sourced):
    """For each kind of reminder what is set otherwise; read by `longleaf.reminders.days`."""

    kinds: Mapping[str, Document]
