"""Where the official schemas and vectors are, for the tests that need them."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[5]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = REPOSITORY.parent / "shared"
    if not (folder / "vectors").is_dir():
        pytest.skip(f"The official schemas and vectors are not here: {folder} is missing.")
    return folder
