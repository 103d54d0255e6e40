"""`longleaf serve`: the pages, by granian, with its static files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

YEAR = 60 * 60 * 24 * 365


class Command(BaseCommand):
    help = "Serve the pages on PORT (default 8000), with as many worker processes as there are cores."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        hashed = "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]
        granian = str(Path(sys.executable).with_name("granian"))
        # Two threads a worker: one may be waiting for a slow server of others while a badge is verified, and then the
        # other serves pages (VERIFICATIONS_OUT_AT_ONCE). More share one interpreter lock and lengthen slow answers.
        os.execv(  # noqa: S606 (the server takes the place of this process; nothing of the command comes from outside)
            granian,
            [
                granian,
                "--interface=wsgi",
                f"--host={options['host']}",
                f"--port={options['port']}",
                f"--workers={options['workers']}",
                "--blocking-threads=2",
                "--respawn-failed-workers",
                "--log-level=warning",
                "--static-path-route=/static",
                f"--static-path-mount={settings.STATIC_ROOT}",
                # A name with a hash in it never means another content.
                f"--static-path-expires={YEAR if hashed else 0}",
                "longleaf.config.wsgi:application",
            ],
        )
