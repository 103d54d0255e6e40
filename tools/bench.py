"""`make bench`: measure pages beside a bare page of the framework, and badges beside others' libraries.

The work is done in the package of this name.
"""

from __future__ import annotations

from bench.running import main

if __name__ == "__main__":
    main()
