"""The wheel: everything that twingraph needs is in it, and it puts nothing else into a user's site-packages."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"graph": "twingraph/graph", "loaders": "twingraph/loaders", "queries": "twingraph/queries"}
FRONT = PurePosixPath("src/twingraph")
TOOL_SETTINGS = {"package.json", "eslint.config.mjs"}
"""Read by the formatter and the linter of the page's script; they do not ship."""


def packaged(path: PurePosixPath) -> PurePosixPath:
    """The path in the wheel of a file of the checkout."""
    if path.is_relative_to(FRONT):
        return PurePosixPath("twingraph") / path.relative_to(FRONT)
    return PurePosixPath(FOLDERS[path.parts[0]]).joinpath(*path.parts[1:])


def shipped_files() -> set[PurePosixPath]:
    """Every file of the folders that ship, as paths in the checkout."""
    return {
        PurePosixPath(path.relative_to(ROOT).as_posix())
        for folder in (*FOLDERS, FRONT)
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name not in {".DS_Store", *TOOL_SETTINGS}
    }


@pytest.fixture(scope="session")
def settings() -> dict[str, object]:
    setuptools: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    return setuptools


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel named by TWINGRAPH_TEST_WHEEL, or one built from a copy, free of the leftovers of older builds."""
    if given := os.environ.get("TWINGRAPH_TEST_WHEEL"):
        return ZipFile(given)
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy)
    for folder in (*FOLDERS, "src"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--no-deps", "--wheel-dir", str(built), str(copy)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (file,) = built.glob("*.whl")
    return ZipFile(file)


def test_every_folder_of_code_is_a_declared_package(settings: dict[str, object]) -> None:
    """A folder that pyproject.toml forgets works in a checkout and is missing for everyone who installs the wheel."""
    folders = {packaged(path).parent for path in shipped_files() if path.suffix == ".py"}
    assert {str(folder).replace("/", ".") for folder in folders} == set(settings["packages"])  # type: ignore[call-overload]


def test_every_declared_package_is_mapped_to_its_folder(settings: dict[str, object]) -> None:
    """A sub-package that is declared but not mapped breaks the build on a stranger's machine."""
    mapped = settings["package-dir"]
    assert isinstance(mapped, dict)
    for package, folder in mapped.items():
        assert str(packaged(PurePosixPath(folder) / "__init__.py").parent).replace("/", ".") == package


def test_every_file_of_the_packages_is_in_the_wheel(wheel: ZipFile) -> None:
    """A query, a dataset or a page asset that is left out is an error on the first use after `pip install`."""
    inside = {PurePosixPath(name) for name in wheel.namelist() if not name.endswith("/")}
    missing = {path for path in shipped_files() if packaged(path) not in inside}
    assert not missing, "not in the wheel; see [tool.setuptools.package-data]"


def test_nothing_but_twingraph_lands_in_site_packages(wheel: ZipFile) -> None:
    """A top-level `graph` or `tests` would shadow other people's modules of that name."""
    top = {name.split("/")[0] for name in wheel.namelist()}
    metadata = {name for name in top if re.fullmatch(r"twingraph-[\w.+]+\.dist-info", name)}
    assert len(metadata) == 1
    assert top - metadata == {"twingraph"}


def test_the_wheel_holds_nothing_that_is_not_in_the_folders(wheel: ZipFile) -> None:
    """A module deleted long ago, left in a build folder, must not be shipped again."""
    expected = {packaged(path) for path in shipped_files()}
    inside = {PurePosixPath(name) for name in wheel.namelist() if name.startswith("twingraph/")}
    assert inside <= expected


@pytest.mark.parametrize(
    "pattern",
    [
        "twingraph/py.typed",
        "twingraph/loaders/data/ukraine_partnerships.csv",
        "twingraph/loaders/data/ukraine_flows.csv",
        "twingraph/loaders/data/metropolises.csv",
        "twingraph/loaders/manifests/*.toml",
        "twingraph/maps/*.j2",
        "twingraph/maps/assets/*",
        "twingraph/maps/script/*.js",
        "twingraph/maps/script/logic/*.js",
    ],
)
def test_what_is_not_code_is_in_the_wheel_too(wheel: ZipFile, pattern: str) -> None:
    """Types for editors, named questions, the bundled data and the parts of a page are no Python files."""
    assert any(PurePosixPath(name).match(pattern) for name in wheel.namelist())


def test_the_licence_travels_with_the_wheel(wheel: ZipFile) -> None:
    """Redistribution needs the licence and the attributions of the bundled data."""
    names = {name.split(".dist-info/")[-1] for name in wheel.namelist() if ".dist-info/" in name}
    assert {"licenses/LICENSE", "licenses/NOTICE"} <= names
