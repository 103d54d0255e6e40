"""What Python's own reader of zip files says of one or another damage."""

from __future__ import annotations

import zipfile
import zlib

ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, LookupError),
)
