"""Where the database is looked for, and how a password comes in without showing up anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from twingraph import config
from twingraph.config import Credentials, credentials, database_address
from twingraph.errors import ConfigError
from twingraph.graph.open import open_store

SECRET = "Tr0ub4dor-and-3"  # noqa: S105


class TestAddress:
    """A user would read and write another database than the one that was named."""

    def test_the_option_goes_before_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINGRAPH_DB", "env.grafeo")
        assert database_address("option.grafeo") == Path("option.grafeo")
        assert database_address(None) == Path("env.grafeo")
        monkeypatch.setenv("TWINGRAPH_DB", " ")
        assert database_address(None) == config.default_database()

    def test_the_default_is_in_the_data_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TWINGRAPH_DB", raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert database_address(None) == tmp_path / "twingraph" / "twingraph.grafeo"

    def test_a_uri_stays_a_uri_and_a_home_is_found(self) -> None:
        assert database_address("neo4j+s://host:1?database=x") == "neo4j+s://host:1?database=x"
        assert database_address("~/x.grafeo") == Path.home() / "x.grafeo"

    def test_an_empty_option_is_told(self) -> None:
        with pytest.raises(ConfigError, match="--db is empty"):
            database_address(" ")

    @pytest.mark.parametrize("uri", [f"bolt://neo4j:{SECRET}@host", "bolt://neo4j@host", f"neo4j+s://:{SECRET}@[bad"])
    def test_a_password_in_the_uri_is_refused_and_not_repeated(self, uri: str) -> None:
        for use in (database_address, open_store):
            with pytest.raises(ConfigError, match="contains a user or a password") as caught:
                use(uri)
            assert SECRET not in f"{caught.value!r}{caught.value}{caught.value.hint}"
            assert "TWINGRAPH_NEO4J_PASSWORD" in caught.value.hint

    @pytest.mark.parametrize("uri", ["http://host", "postgresql://host", "file:///x", "://"])
    def test_another_scheme_is_told(self, uri: str) -> None:
        with pytest.raises(ConfigError, match="cannot be reached by"):
            open_store(uri)


class TestCredentials:
    """A password would show in a traceback, come from the wrong place, or be readable by others."""

    @pytest.fixture(autouse=True)
    def _clean(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TWINGRAPH_NEO4J_USER", raising=False)
        monkeypatch.delenv("TWINGRAPH_NEO4J_PASSWORD", raising=False)

    def secret_file(
        self, folder: Path, content: bytes = SECRET.encode() + b"\r\nsecond line\n", mode: int = 0o600
    ) -> Path:
        file = folder / "password"
        file.write_bytes(content)
        file.chmod(mode)
        return file

    def test_the_password_is_not_shown(self) -> None:
        assert SECRET not in f"{Credentials('neo4j', SECRET)!r}{Credentials('neo4j', SECRET)}"

    def test_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINGRAPH_NEO4J_PASSWORD", SECRET)
        assert credentials() == Credentials("neo4j", SECRET)
        monkeypatch.setenv("TWINGRAPH_NEO4J_USER", "reader")
        assert credentials() == Credentials("reader", SECRET)
        assert credentials("writer").user == "writer"

    def test_a_file_goes_first_and_its_first_line_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINGRAPH_NEO4J_PASSWORD", "other")
        assert credentials(password_file=self.secret_file(tmp_path)).password == SECRET

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o606, 0o660])
    def test_a_file_open_to_others_is_refused(self, tmp_path: Path, mode: int) -> None:
        with pytest.raises(ConfigError, match="open to other users") as caught:
            credentials(password_file=self.secret_file(tmp_path, mode=mode))
        assert "chmod 600" in caught.value.hint

    def test_a_container_secret_may_be(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(config, "SECRETS", tmp_path)
        assert credentials(password_file=self.secret_file(tmp_path, mode=0o444)).password == SECRET

    @pytest.mark.parametrize(
        ("content", "words"), [(b"", "is empty"), (b"\nx", "is empty"), (b"\xff\xfe", "not UTF-8")]
    )
    def test_a_useless_file_is_told(self, tmp_path: Path, content: bytes, words: str) -> None:
        with pytest.raises(ConfigError, match=words):
            credentials(password_file=self.secret_file(tmp_path, content))

    def test_no_file_is_told(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none", tmp_path):
            with pytest.raises(ConfigError, match="password file"):
                credentials(password_file=path)

    def test_a_person_is_asked_on_a_terminal_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        assert credentials(prompt=str.upper) == Credentials("neo4j", "PASSWORD OF NEO4J")
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
        with pytest.raises(ConfigError) as caught:
            credentials(prompt=lambda text: text)
        assert "TWINGRAPH_NEO4J_PASSWORD" in caught.value.hint


def test_importing_the_settings_imports_no_engine() -> None:
    """`twingraph --help` would be slow."""
    program = "import sys, twingraph.config, twingraph.graph.open; print(*(m.partition('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"neo4j", "grafeo", "platformdirs"} & set(done.stdout.split()) == set()
