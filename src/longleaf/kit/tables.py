"""Cells of tables that spreadsheets open."""

from __future__ import annotations

from typing import TypeVar

Cell = TypeVar("Cell")
# A spreadsheet takes a cell that begins with one of these for a formula.
BEGINNINGS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def tame(cell: Cell) -> Cell | str:
    """The cell, as text where a spreadsheet would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINNINGS_OF_FORMULAS) else cell
