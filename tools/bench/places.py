"""Where the bench keeps its data, and the environment in which the product runs for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent
ROOT = TOOLS.parent
VAR = ROOT / "var/bench"
HOST = "127.0.0.1"
# Never asked over a network: requests go to the loopback address and carry this name, as a proxy would send it.
SITE = "longleaf.test"


@dataclass(frozen=True)
class Database:
    """A database to measure on: its name in the report, its address, and the folder that goes with it."""

    title: str
    address: str
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """Production settings. The secrets guard synthetic people only."""
        return {
            **_quiet(os.environ),
            "PYTHONPATH": str(TOOLS),
            "DJANGO_SETTINGS_MODULE": "longleaf.config.settings",
            "DATABASE_URL": self.address,
            "LONGLEAF_VAR": str(self.var),
            "LONGLEAF_PRODUCTION": "yes",
            "LONGLEAF_PUBLIC_URL": f"https://{SITE}",
            "LONGLEAF_HOSTS": SITE,
            "LONGLEAF_SECRET_KEY": "bench: synthetic people only, never a real installation " * 2,
            "LONGLEAF_KEY_ENCRYPTION_SECRET": "bench: keys of nobody, never a real installation " * 2,
            "LONGLEAF_LOG_LEVEL": "ERROR",
        }


def python() -> str:
    return sys.executable


def _quiet(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would change the product's settings."""
    return {name: value for name, value in environment.items() if not name.startswith(("LONGLEAF_", "DATABASE_URL"))}
