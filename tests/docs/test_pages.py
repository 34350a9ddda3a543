"""Pages that go stale mislead: every setting, link and target that they name is there, and none is left out."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from docs.pages import ROOT, pages, settings_in, shipped_modules
from twingraph.graph.store import Store


def test_every_setting_is_documented() -> None:
    """A user cannot use a setting that no page describes, and is misled by one that nothing reads."""
    assert settings_in(ROOT / "docs/settings.md") == settings_in(*(file for _name, file in shipped_modules()))


def test_every_setting_of_the_tests_is_documented() -> None:
    """A contributor whose tests are skipped must find how to turn them on."""
    read = settings_in(*(ROOT / "tests").rglob("*.py")) - settings_in(ROOT / "docs/settings.md")
    own = {name for name in read if re.match(r"TWINGRAPH_(TEST|REQUIRE|SHARED)_[A-Z]", name)}
    assert own - settings_in(ROOT / "CONTRIBUTING.md") == set()


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """A reader who follows a link finds the page or the picture."""
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    inside = [
        target.split("#")[0] for target in targets if "://" not in target and not target.startswith(("#", "mailto:"))
    ]
    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_section_finds_it(page: Path) -> None:
    """A reader who follows a link to a section lands there, not at the top of a long page."""
    lost = []
    for path, section in re.findall(r"\]\(([^)\s:#]*)#([^)\s]+)\)", page.read_text("utf-8")):
        text = ((page.parent / path) if path else page).read_text("utf-8")
        heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
        if section not in anchors:
            lost.append(f"{path}#{section}")
    assert lost == []


def test_the_index_leads_to_every_page() -> None:
    """A page that the index does not name is found by nobody."""
    index = (ROOT / "docs/index.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"({page.name})" not in index] == ["index.md"]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    """A reader who types what the page says gets no "No rule to make target"."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ {4}|^\$ )make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
    assert named <= targets


def test_the_examples_in_docstrings_are_true() -> None:
    """A caller of the library copies the examples."""
    failed = []
    for name, file in shipped_modules():
        if (
            ">>>" in file.read_text("utf-8")
            and doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS).failed
        ):
            failed.append(name)
    assert failed == []


def test_the_cypher_of_the_pages_runs(embedded_store: Store) -> None:
    """A reader who writes their first question begins from ours."""
    found = [
        text for page in pages() for text in re.findall(r"```cypher\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]
    assert found
    for text in found:
        embedded_store.read(text, dict.fromkeys(re.findall(r"\$(\w+)", text), "anything"))


def test_the_architecture_page_names_the_folders_of_the_code() -> None:
    """A newcomer finds a stage by its folder; a page that names old folders, or omits new ones, misleads."""
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    named = set(re.findall(r"│  (\S+)/ ", page))
    folders = {
        str(path.parent.relative_to(ROOT))
        for top in ("graph", "loaders", "queries", "src")
        for path in (ROOT / top).rglob("*.py")
    }
    inner = {"graph/model", "loaders", "src/twingraph", "src/twingraph/cli", "src/twingraph/text"}
    assert named == folders - inner, "update the diagram of docs/architecture.md"
    files = re.findall(r"`((?:graph|loaders|src|tests|queries)/[\w/.]+)`", page)
    assert [name for name in files if not (ROOT / name).exists()] == []
