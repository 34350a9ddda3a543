"""The pages that are generated from the code say what the code does. `make docs` writes them."""

from collections.abc import Callable, Iterator

import click
import pytest

from docs.measures_page import measures_page
from docs.pages import REWRITE, ROOT
from docs.questions_page import questions_page
from docs.schema_page import schema_page
from twingraph.cli import cli


def contexts(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A command and every command below it, in the order of the help, each as click sees it when it is called."""
    width = {"terminal_width": 96, "max_content_width": 96}
    context = click.Context(command, info_name=name, parent=parent, **{**command.context_settings, **width})
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from contexts(found, below, context)


def cli_page() -> str:
    parts = [
        "# The command line",
        "<!-- Written by `make docs` from the commands themselves. -->",
        "Results go to stdout; progress and warnings go to stderr.",
        "Exit code 0: done. 1: an error with a message. 2: wrong usage. 130: stopped by Ctrl-C. 141: the reader left.",
    ]
    for context in contexts(cli, "twingraph"):
        words = context.command_path.split()
        parts.append(f"{'##' if len(words) < 3 else '###'} {context.command_path}")
        lines = [line.rstrip() for line in context.get_help().splitlines()]
        parts.append("\n".join(["```text", *lines, "```"]))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("path", "write"),
    [
        ("docs/cli.md", cli_page),
        ("docs/schema.md", schema_page),
        ("docs/measures.md", measures_page),
        ("docs/questions.md", questions_page),
    ],
)
def test_the_page_is_what_the_code_says(path: str, write: Callable[[], str]) -> None:
    """An option or a property that is not on the page is found by nobody; one that is gone misleads."""
    if REWRITE:
        (ROOT / path).write_text(write(), encoding="utf-8")
    assert (ROOT / path).read_text("utf-8") == write(), "run `make docs`"


def test_every_command_ends_its_help_with_an_example() -> None:
    """People begin from an example that they can copy."""
    for context in contexts(cli, "twingraph"):
        if isinstance(context.command, click.Group):
            continue
        lines = [line.strip() for line in (context.command.epilog or "").splitlines()]
        examples = [line for line in lines if line.startswith("twingraph ")]
        assert examples, f"{context.command_path} has no example"
        assert all(line.startswith(context.command_path) for line in examples)
