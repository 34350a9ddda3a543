"""A named question: Cypher under a header that says what it asks, needs and answers."""

import json
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from twingraph.errors import InputError
from twingraph.queries.questions.run import parameters_in

__all__ = ["Column", "Parameter", "ParameterType", "Question", "parse_question"]

type ParameterType = Literal[
    "municipality", "region", "country", "metropolis", "date", "text", "integer", "boolean", "status", "kind"
]
type Value = str | int | bool | None

TEXTS = ("question", "question_uk", "does_not_tell", "does_not_tell_uk")
TYPES: tuple[str, ...] = get_args(ParameterType.__value__)
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
HEADER = re.compile(r"//(?: |$)")
IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")
AT_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question has to be told.

    Attributes
    ----------
    name
        Its ``$name`` in the Cypher.
    type
        A place is given as people type it and reaches the Cypher as its id; a date may be partial.
    about
        What it is.
    name_uk
        Its Ukrainian name, for eyes.
    default
        Its value where none is given.
    optional
        Whether it may be left open; then it is null.
    example
        A value to show.
    """

    name: str
    type: ParameterType
    about: str
    name_uk: str
    default: Value = None
    optional: bool = False
    example: str | None = None

    @property
    def needed(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None and not self.optional


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: its name, what it says, and its Ukrainian head."""

    name: str
    about: str
    head_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its Cypher.

    Attributes
    ----------
    name
        By which it is asked: its file's name.
    words, words_uk
        The question in English and in Ukrainian.
    does_not_tell, does_not_tell_uk
        What its answer leaves open.
    parameters
        What it has to be told, in order.
    columns
        What it answers with. A place's name comes in two columns, ``name`` and ``name_uk``, of which one is named here.
    cypher
        The text of the whole file: the header is a comment.
    own
        Whether it is an analyst's own, not one that comes with twingraph.
    """

    name: str
    words: str
    words_uk: str
    does_not_tell: str
    does_not_tell_uk: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    own: bool = False

    @property
    def body(self) -> str:
        """The Cypher without the header."""
        lines = self.cypher.splitlines()
        while lines and (lines[0].startswith("//") or not lines[0].strip()):
            lines.pop(0)
        return "\n".join(lines).rstrip()

    @property
    def command(self) -> str:
        """A command that asks it, with its examples."""
        return self.command_with(
            {each.name: each.example or f"<{each.name}>" for each in self.parameters if each.needed}
        )

    def command_with(self, given: Mapping[str, object]) -> str:
        """Return the command that asks it of these values."""
        return f"twingraph query {self.name}{''.join(f' -p {name}={_shell(value)}' for name, value in given.items())}"


def parse_question(text: str, *, name: str, file: str, own: bool = False) -> Question:
    """Read a question from the text of its file.

    The header is the comment lines at the top, each beginning with ``//``; without these marks they are TOML:
    ``question``, ``question_uk``, ``does_not_tell``, ``does_not_tell_uk``, a table for each parameter, and a table of
    the columns, each with what it says and its Ukrainian head.

    Parameters
    ----------
    text
        The file's text.
    name
        The file's name without its ending.
    file
        What messages call the file.
    own
        See `Question`.

    Raises
    ------
    InputError
        The header is missing or broken, or does not fit the Cypher.
    """
    return _Header(text, name, file).question(own=own)


class _Header:
    def __init__(self, text: str, name: str, file: str) -> None:
        self.text = text
        self.name = name
        self.file = file
        lines = text.splitlines()
        end = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
        self.lines = lines[:end]

    def fault(self, message: str, hint: str, line: int | None = None) -> InputError:
        return InputError(message, hint, file=self.file, line=line)

    def line_of(self, key: str) -> int | None:
        """Return the line on which something is set, or its table begins."""
        pattern = re.compile(rf"//\s*(?:\[(?:\w+\.)?{re.escape(key)}\]|{re.escape(key)}\s*=)")
        return next((at for at, line in enumerate(self.lines, start=1) if pattern.match(line)), None)

    def read(self) -> Mapping[str, object]:
        if not NAME.fullmatch(self.name):
            raise self.fault(
                f"{self.name!r} cannot name a question",
                "Name the file in small letters with hyphens: my-question.cypher.",
            )
        if not self.lines:
            raise self.fault("there is no header", 'Begin with a line such as: // question = "Who …?"', 1)
        try:
            return tomllib.loads("\n".join(HEADER.sub("", line) for line in self.lines))
        except tomllib.TOMLDecodeError as error:
            at = AT_LINE.search(str(error))
            line = int(at[1]) if at and at[1] else len(self.lines)
            cause = AT_LINE.sub("", str(error)).strip().lower()
            raise self.fault(f"the header is broken: {cause}", "Write it as the bundled questions do.", line) from error

    def question(self, *, own: bool) -> Question:
        said = dict(self.read())
        texts = {key: self.text_of(said, key) for key in TEXTS}
        parameters = tuple(self.parameter(*item) for item in self.table(said, "parameters").items())
        columns = tuple(self.column(*item) for item in self.table(said, "columns").items())
        if said:
            unknown = next(iter(said))
            known = "question, question_uk, does_not_tell, [parameters.…] and [columns]"
            raise self.fault(
                f"the header has {unknown!r}, which means nothing", f"There are {known}.", self.line_of(unknown)
            )
        if not texts["question"]:
            raise self.fault("the header has no question", 'Add: // question = "Who …?"', 1)
        needed = parameters_in(self.text)
        for parameter in parameters:
            if parameter.name not in needed:
                line = self.line_of(parameter.name)
                raise self.fault(f"the Cypher has no ${parameter.name}", "Take the parameter out of the header.", line)
        told = {parameter.name for parameter in parameters}
        if untold := [each for each in needed if each not in told]:
            raise self.fault(
                f"the header does not tell of ${untold[0]}",
                f"Add a table [parameters.{untold[0]}] with type and about.",
                1,
            )
        return Question(
            name=self.name,
            words=texts["question"],
            words_uk=texts["question_uk"] or texts["question"],
            does_not_tell=texts["does_not_tell"],
            does_not_tell_uk=texts["does_not_tell_uk"] or texts["does_not_tell"],
            parameters=parameters,
            columns=columns,
            cypher=self.text,
            own=own,
        )

    def text_of(self, said: dict[str, object], key: str) -> str:
        value = said.pop(key, "")
        if not isinstance(value, str):
            raise self.fault(f"{key} is no text", "Put it in quotes.", self.line_of(key))
        return " ".join(value.split())

    def table(self, said: dict[str, object], key: str) -> Mapping[str, object]:
        value = said.pop(key, {})
        if not isinstance(value, dict):
            raise self.fault(f"{key} is no table", f"Write it as [{key}] with lines below.", self.line_of(key))
        return value

    def parameter(self, name: str, said: object) -> Parameter:
        line = self.line_of(name)
        if not isinstance(said, dict) or not IDENTIFIER.fullmatch(name):
            raise self.fault(f"the parameter {name!r} is no table", f"Write [parameters.{name}].", line)
        rest = dict(said)
        sort = rest.pop("type", None)
        about, name_uk = self.twofold(name, rest.pop("about", ""), f"the parameter {name}", "about")
        if sort not in TYPES:
            raise self.fault(f"{name} has the type {sort!r}", f"There are: {', '.join(TYPES)}.", line)
        default, optional, example = rest.pop("default", None), rest.pop("optional", False), rest.pop("example", None)
        wanted = {"integer": int, "boolean": bool}.get(str(sort), str)
        if default is not None and type(default) is not wanted:
            raise self.fault(f"the default of {name} is no {sort}", "Correct it.", line)
        if rest or not isinstance(optional, bool):
            cause = f"the parameter {name} has {next(iter(rest), 'optional')!r}, which cannot be read"
            raise self.fault(cause, "There are type, about, default, optional and example.", line)
        return Parameter(
            name=name,
            type=cast("ParameterType", sort),
            about=about,
            name_uk=name_uk,
            default=cast("Value", default),
            optional=optional,
            example=None if example is None else str(example),
        )

    def column(self, name: str, said: object) -> Column:
        return Column(name, *self.twofold(name, said, f"the column {name}", name))

    def twofold(self, name: str, said: object, what: str, key: str) -> tuple[str, str]:
        """Read what something says, which its Ukrainian name may follow; else its name stands for that."""
        told = said if isinstance(said, list) else [said]
        texts = [text for text in told if isinstance(text, str)]
        if not texts or len(texts) > 2 or len(texts) < len(told):
            hint = f'Write: {key} = ["what it says", "its Ukrainian name"].'
            raise self.fault(f"{what} is not told", hint, self.line_of(name))
        return texts[0], texts[1] if len(texts) == 2 else name.replace("_", " ")


def _shell(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if re.fullmatch(r"[\w./:-]+", text) else shlex.quote(text)
