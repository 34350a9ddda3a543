"""The pages that are generated from the code say what the code does. `make docs` writes them."""

from collections.abc import Iterator

import click

from docs.pages import REWRITE, ROOT
from twingraph.cli import cli


def commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below `group` with the words that call it, in the order of the help."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def help_text(words: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(command, info_name=" ".join(words), terminal_width=96, max_content_width=96)
    lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def cli_page() -> str:
    parts = [
        "# The command line",
        "<!-- Written by `make docs` from the commands themselves. -->",
        "Results go to stdout; progress and warnings go to stderr.",
        "Exit code 0: done. 1: an error, told in words. 2: wrong usage.",
    ]
    for words, command in ((("twingraph",), cli), *commands(cli, ("twingraph",))):
        parts.append(f"{'##' if len(words) < 3 else '###'} {' '.join(words)}")
        parts.append(f"```text\n{help_text(words, command)}\n```")
    return "\n\n".join(parts) + "\n"


def test_the_page_of_the_command_line_is_what_help_says() -> None:
    """An option that is not on the page is found by nobody; one that is gone misleads."""
    page = ROOT / "docs/cli.md"
    if REWRITE:
        page.write_text(cli_page(), encoding="utf-8")
    assert page.read_text("utf-8") == cli_page(), "run `make docs`"


def test_every_command_ends_its_help_with_an_example_that_parses() -> None:
    """People begin from an example; one that does not parse costs them their first minute."""
    for words, command in commands(cli, ("twingraph",)):
        if isinstance(command, click.Group):
            continue
        lines = [line.strip() for line in (command.epilog or "").splitlines()]
        examples = [line for line in lines if line.startswith("twingraph ")]
        assert examples, f"{' '.join(words)} has no example"
        assert all(line.startswith(" ".join(words)) for line in examples)
