"""Where things are kept that can be made or fetched again."""

import os
from pathlib import Path

from platformdirs import user_cache_path

__all__ = ["CACHE_VARIABLE", "cache_folder"]

CACHE_VARIABLE = "TWINGRAPH_CACHE_DIR"


def cache_folder() -> Path:
    """Return the folder for what can be built again: ``TWINGRAPH_CACHE_DIR``, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("twingraph")
