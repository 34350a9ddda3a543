"""`twingraph db`: a slip would lose somebody's data, or report wrong figures about it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.graph.store import Store


def fill(store: Store, number: int = 3) -> None:
    store.write(lambda tx: tx.run("UNWIND range(1, $n) AS i CREATE (:Country {id: toString(i)})", {"n": number}))
    store.close()


def db(place: Place, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["db", *arguments, "--db", str(place.address)], env=place.environment)
    assert result.exit_code == code, result.output
    return result


def nodes(place: Place) -> int:
    with place.open() as store:
        return store.info().nodes


class TestBothEngines:
    def test_info(self, store: Store, place: Place) -> None:
        fill(store)
        found = {row["name"]: row["value"] for row in json.loads(db(place, "info", "--format", "json").stdout)}
        assert found["nodes"] == 3
        assert found["engine"] in {"grafeo", "neo4j"}
        assert found["address"] == str(place.address)
        assert not any(word in str(found) for word in filter(None, [place.environment.get("TWINGRAPH_NEO4J_PASSWORD")]))

    def test_check(self, store: Store, place: Place) -> None:
        fill(store)
        assert "No fault found" in db(place, "check").stdout
        with place.open(read_only=False) as again:
            again.write(lambda tx: tx.run("DROP CONSTRAINT twingraph_source_id"))
        result = db(place, "check", code=1)
        assert "twingraph_source_id is missing" in result.stderr
        assert "twingraph load" in result.stderr

    def test_clear_asks_first_and_leaves_what_is_not_ours(self, store: Store, place: Place) -> None:
        """Otherwise one word would delete the data of another program on the same server."""
        store.write(lambda tx: tx.run("CREATE (:Municipality {id: 'x'})-[:OF]->(:Person {name: 'Alix'})"))
        fill(store, 25_000)
        assert "Nothing was deleted" in db(place, "clear", code=1).stderr
        assert nodes(place) == 25_002
        assert "Deleted 25,001 nodes" in db(place, "clear", "--yes").stdout
        with place.open() as again:
            assert again.read("MATCH (n) RETURN n.name").records == [("Alix",)]
            assert again.check() == ()


class TestBackup:
    def test_there_and_back(self, embedded_store: Store, embedded_place: Place, tmp_path: Path) -> None:
        """Otherwise a backup could not be trusted."""
        fill(embedded_store)
        copy = tmp_path / "copy.grafeo"
        assert "3 nodes" in db(embedded_place, "backup", str(copy)).stdout
        assert nodes(Place(copy)) == 3
        db(embedded_place, "clear", "--yes")
        db(embedded_place, "restore", str(copy))
        assert nodes(embedded_place) == 3
        assert {file.name for file in tmp_path.iterdir()} == {"copy.grafeo", "test.grafeo"}

    def test_neither_overwrites(self, embedded_store: Store, embedded_place: Place, tmp_path: Path) -> None:
        """Otherwise a backup would replace an older one, or a restore the database."""
        fill(embedded_store)
        copy = tmp_path / "copy.grafeo"
        db(embedded_place, "backup", str(copy))
        before = copy.read_bytes()
        assert "exists already" in db(embedded_place, "backup", str(copy), code=1).stderr
        assert copy.read_bytes() == before
        assert "holds 3 nodes" in db(embedded_place, "restore", str(copy), code=1).stderr
        db(embedded_place, "restore", str(copy), "--yes")
        assert nodes(embedded_place) == 3

    @pytest.mark.parametrize("content", [b"", b"not a database", None])
    def test_what_is_no_backup_spoils_nothing(
        self, embedded_store: Store, embedded_place: Place, tmp_path: Path, content: bytes | None
    ) -> None:
        """Otherwise a wrong file would destroy the database."""
        fill(embedded_store)
        file = tmp_path / "copy.grafeo"
        if content is None:
            whole = Path(embedded_place.address).read_bytes()
            content = whole[: len(whole) // 2]
        file.write_bytes(content)
        db(embedded_place, "restore", str(file), "--yes", code=1)
        assert nodes(embedded_place) == 3

    def test_a_damaged_store_is_replaced(self, embedded_store: Store, embedded_place: Place, tmp_path: Path) -> None:
        """Otherwise a backup would be useless just when it is needed."""
        fill(embedded_store)
        copy = tmp_path / "copy.grafeo"
        db(embedded_place, "backup", str(copy))
        file = Path(embedded_place.address)
        file.write_bytes(file.read_bytes()[:9000])
        assert "damaged" in db(embedded_place, "info", code=1).stderr
        db(embedded_place, "restore", str(copy), "--yes")
        assert nodes(embedded_place) == 3

    def test_backup_into_a_folder_that_is_not_there(
        self, embedded_store: Store, embedded_place: Place, tmp_path: Path
    ) -> None:
        fill(embedded_store)
        result = db(embedded_place, "backup", str(tmp_path / "no" / "copy.grafeo"), code=1)
        assert "does not exist" in result.stderr
        assert not (tmp_path / "no").exists()

    @pytest.mark.neo4j
    def test_a_server_has_its_own_tools(self, neo4j_place: Place, tmp_path: Path) -> None:
        assert "neo4j-admin database dump" in db(neo4j_place, "backup", str(tmp_path / "x"), code=1).stderr
        assert "neo4j-admin database load" in db(neo4j_place, "restore", str(tmp_path / "x"), code=1).stderr
