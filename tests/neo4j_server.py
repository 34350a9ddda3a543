"""A real Neo4j Community server on this machine, for tests and benchmarks, started from its published jars.

``python tests/neo4j_server.py`` starts one by hand, prints how to reach it and stops it on Ctrl-C; ``--heap 6g`` gives
it more memory, which loads of hundreds of thousands of pairs need.
"""

import argparse
import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).parent / "servers" / "pom.xml"
NAMESPACE = {"m": "http://maven.apache.org/POM/4.0.0"}
START_SECONDS = 90
OPENS = ("java.nio", "java.lang", "sun.nio.ch", "java.util.concurrent")
SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.default_listen_address=127.0.0.1
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
server.directories.import={home}/import
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
{more}
"""


class UnavailableError(Exception):
    """A server cannot be started here; the message says what is missing."""


@dataclass(frozen=True)
class Neo4jServer:
    """A running server and how to log in."""

    uri: str
    user: str
    password: str = field(repr=False)


def version() -> str:
    """Return the server's version that the pom names."""
    found = ET.parse(POM).findtext("m:properties/m:neo4j.version", namespaces=NAMESPACE)  # noqa: S314
    assert found, POM
    return found


def cache_folder() -> Path:
    """Return the folder in which the jars of all versions are kept."""
    chosen = os.environ.get("TWINGRAPH_CACHE_DIR")
    if chosen:
        return Path(chosen) / "neo4j-test"
    from platformdirs import user_cache_path

    return user_cache_path("twingraph") / "neo4j-test"


def find_java(at_least: int = 17) -> str:
    """Return the path of a Java of that version or newer."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else None
    java = java or shutil.which("java")
    if java is None:
        raise UnavailableError(f"there is no java on the PATH; Neo4j needs Java {at_least} or newer")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = re.search(r'version "(\d+)', told)
    if number is None or int(number[1]) < at_least:
        raise UnavailableError(f"{java} is too old; Neo4j needs Java {at_least} or newer")
    return java


def jars() -> Path:
    """Return the folder with the server's jars; they are fetched by Maven the first time (about 150 MB)."""
    folder = cache_folder() / version()
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError(f"the server's jars are not in {folder}, and there is no mvn on the PATH to fetch them")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f"{version()}-", dir=folder.parent))
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={part}"]
    say(f"fetching the jars of Neo4j {version()} with Maven, about 150 MB, once")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not any(part.glob("*.jar")):
        shutil.rmtree(part)
        raise UnavailableError(f"Maven could not fetch the server's jars:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    with contextlib.suppress(OSError):  # another run was quicker
        part.rename(folder)
    shutil.rmtree(part, ignore_errors=True)
    return folder


def say(text: str) -> None:
    """Tell the person who waits, past the capturing of output."""
    print(f"[neo4j] {text}", file=sys.__stderr__, flush=True)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Rig:
    """A server that can be stopped and started again, with what it holds."""

    server: Neo4jServer
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        say(f"starting Neo4j {version()}")
        began = time.monotonic()
        fresh = not self.log.exists()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        if fresh:
            first_login(self.server, self.process, self.log)
        else:
            await_answer(self.server, self.process, self.log, self.server.password, verify)
        say(f"ready after {time.monotonic() - began:.0f} s on {self.server.uri}")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it as an administrator does, or kill it as a power cut does."""
        if self.process is not None:
            if kill:
                self.process.kill()
            stop(self.process)
            self.process = None


@contextlib.contextmanager
def server_rig(*, settings: str = "", heap: str = "1g") -> Iterator[Rig]:
    """Lay out a fresh, empty server on a free port with a random password; stop it and remove its files at the end."""
    java = find_java()
    library = jars()
    home = Path(tempfile.mkdtemp(prefix="twingraph-neo4j-"))
    port = free_port()
    try:
        (home / "conf").mkdir()
        (home / "import").mkdir()
        (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=port, home=home, more=settings))
        command = [java, "-Xms256m", f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        command += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS]
        command += ["-cp", f"{library}/*", "org.neo4j.server.CommunityEntryPoint"]
        command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        server = Neo4jServer(f"bolt://127.0.0.1:{port}", "neo4j", secrets.token_urlsafe(16))
        rig = Rig(server, command, home / "console.log")
        try:
            yield rig
        finally:
            rig.stop(kill=True)  # it goes with all that it holds
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def running_server(*, settings: str = "", heap: str = "1g") -> Iterator[Neo4jServer]:
    """Run a fresh, empty server on a free port with a random password; stop it and remove its files at the end."""
    with server_rig(settings=settings, heap=heap) as rig:
        rig.start()
        yield rig.server


def first_login(server: Neo4jServer, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, and give its first user our password."""

    def change(driver: neo4j.Driver) -> None:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
            {"password": server.password},
            database_="system",
        )

    await_answer(server, process, log, "neo4j", change)


def verify(driver: neo4j.Driver) -> None:
    """Ask the server's database something."""
    driver.execute_query("RETURN 1")


def await_answer(
    server: Neo4jServer, process: subprocess.Popen[bytes], log: Path, password: str, ask: Callable[[neo4j.Driver], None]
) -> None:
    """Wait until the server answers what it is asked."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            auth = (server.user, password)
            with neo4j.GraphDatabase.driver(server.uri, auth=auth, max_transaction_retry_time=0) as driver:
                driver.verify_connectivity()
                ask(driver)
        except (DriverError, Neo4jError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                tail = log.read_text(errors="replace")[-3000:]
                raise RuntimeError(f"Neo4j did not start:\n{tail}") from None
            time.sleep(0.1)
        else:
            return


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server, by force if it does not go."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Run a server until Ctrl-C or an end signal."""
    parser = argparse.ArgumentParser(description="Run a Neo4j server until Ctrl-C.")
    parser.add_argument("--heap", default="1g")
    heap = parser.parse_args().heap
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt), running_server(heap=heap) as server:
        print(f"TWINGRAPH_DB={server.uri} TWINGRAPH_NEO4J_PASSWORD={server.password}", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
