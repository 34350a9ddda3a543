"""The scripts of `tools/`, which are run by hand and belong to no package."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def tool(root: Path, request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """The script that a module of tests names in `TOOL`, imported from its folder as Python does when it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root / "tools"))
        yield importlib.import_module(request.module.TOOL)
