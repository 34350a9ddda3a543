"""What every test shares: a home of its own, and the fixtures of `tests/fixtures/`, one module per subject."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
ROOT = TESTS.parent

# What holds for every input does not depend on how busy the machine is: a slow one is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Every module of tests/fixtures/ is a plugin, and some import others before they are registered.
pytest.register_assert_rewrite("fixtures")
pytest_plugins = [f"fixtures.{path.stem}" for path in sorted((TESTS / "fixtures").glob("[!_]*.py"))]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes after their parameter: workers must agree on the ids, and packed or random bytes differ in each."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """Let the programs that tests start hear Ctrl-C: a run in the background passes its deafness on to them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _home_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests away from the data of whoever runs them, and their settings away from the tests.

    The cache alone outlives a run, in `build/`: the index of places is built once, as a user builds it once.
    """
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("TWINGRAPH_")]:
        if not name.startswith(("TWINGRAPH_TEST_", "TWINGRAPH_REQUIRE_", "TWINGRAPH_SHARED_")):
            del os.environ[name]
    os.environ["XDG_DATA_HOME"] = str(home / "data")
    os.environ["XDG_CONFIG_HOME"] = str(home / "config")
    os.environ["XDG_CACHE_HOME"] = str(ROOT / "build" / "test-cache")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data that is not shipped; a test that asks for it is skipped where it is not there."""
    folder = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the development data is not here: set TWINGRAPH_SHARED_DATA to its folder to run this test")
    return folder
