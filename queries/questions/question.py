"""A named question: Cypher below a header with its text, parameters and columns."""

import json
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from twingraph.errors import InputError
from twingraph.queries.questions.run import TODAY, parameters_in

__all__ = ["Column", "NotListed", "Parameter", "ParameterType", "Question", "parse_question"]

type ParameterType = Literal[
    "municipality", "region", "country", "metropolis", "date", "text", "integer", "boolean", "status", "kind"
]
type Value = str | int | bool | None

TEXTS = ("question", "question_uk", "not_shown", "not_shown_uk")
TYPES: tuple[str, ...] = get_args(ParameterType.__value__)
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
HEADER = re.compile(r"//(?: |$)")
IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")
AT_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    name
        Its ``$name`` in the Cypher.
    type
        A place is given by name and passed to the Cypher as its id; a date may be partial.
    about
        A description.
    name_uk
        Its name in Ukrainian output.
    default
        The value used if none is given.
    optional
        Whether it may be omitted; the Cypher then receives null.
    example
        A value for the example command.
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
        """Whether a value must be given."""
        return self.default is None and not self.optional


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer.

    Attributes
    ----------
    name, about
        Its name and a description.
    head_uk
        Its header in Ukrainian tables.
    absent, absent_uk
        The words that tables show where there is no value, such as ``undated``; empty if they show nothing.
    """

    name: str
    about: str
    head_uk: str
    absent: str = ""
    absent_uk: str = ""


@dataclass(frozen=True, slots=True)
class NotListed:
    """What an answer leaves to another question; their number is reported with the answer.

    Attributes
    ----------
    question
        The name of a bundled question that lists them, with the same parameters.
    about, about_uk
        What they are.
    """

    question: str
    about: str
    about_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its Cypher.

    Attributes
    ----------
    name
        The name of its file without the ending.
    words, words_uk
        The question in English and in Ukrainian.
    not_shown, not_shown_uk
        What the answer does not show.
    not_listed
        What another question lists; ``None`` if there is nothing.
    parameters, columns
        In the order of the header. A place name has two columns, ``name`` and ``name_uk``; the header lists the first.
    cypher
        The text of the whole file; the header is a comment.
    own
        Whether it comes from the user's folder.
    """

    name: str
    words: str
    words_uk: str
    not_shown: str
    not_shown_uk: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    not_listed: NotListed | None = None
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
        """An example command."""
        return self.command_with(
            {each.name: each.example or f"<{each.name}>" for each in self.parameters if each.needed}
        )

    def command_with(self, given: Mapping[str, object]) -> str:
        """Return the command with these parameters."""
        return f"twingraph query {self.name}{''.join(f' -p {name}={_shell(value)}' for name, value in given.items())}"


def parse_question(text: str, *, name: str, file: str, own: bool = False) -> Question:
    """Parse a question file.

    The header is the comment lines at the top. Without ``//`` they are TOML: ``question``, ``question_uk``,
    ``not_shown``, ``not_shown_uk``, one table for each parameter, one of columns with descriptions and Ukrainian
    headers, and ``not_listed``.

    Parameters
    ----------
    text
        The text of the file.
    name
        The name of the file without its ending.
    file
        The file as messages name it.
    own
        Whether it comes from the user's folder.

    Raises
    ------
    InputError
        The header is missing or invalid, or does not match the Cypher.
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

    def error(self, message: str, hint: str, line: int | None = None) -> InputError:
        return InputError(message, hint, file=self.file, line=line)

    def line_of(self, key: str) -> int | None:
        """Return the line that sets a key or begins its table."""
        pattern = re.compile(rf"//\s*(?:\[(?:\w+\.)?{re.escape(key)}\]|{re.escape(key)}\s*=)")
        return next((at for at, line in enumerate(self.lines, start=1) if pattern.match(line)), None)

    def read(self) -> Mapping[str, object]:
        if not NAME.fullmatch(self.name):
            raise self.error(
                f"{self.name!r} is not a valid question name",
                "Use lower-case letters and hyphens: my-question.cypher.",
            )
        if not self.lines:
            raise self.error("the header is missing", 'Begin the file with a line such as: // question = "Who …?"', 1)
        try:
            return tomllib.loads("\n".join(HEADER.sub("", line) for line in self.lines))
        except tomllib.TOMLDecodeError as error:
            at = AT_LINE.search(str(error))
            line = int(at[1]) if at and at[1] else len(self.lines)
            cause = AT_LINE.sub("", str(error)).strip().lower()
            raise self.error(
                f"the header is not valid TOML: {cause}", "Compare it with the example in docs/questions.md.", line
            ) from error

    def question(self, *, own: bool) -> Question:
        fields = dict(self.read())
        texts = {key: self.text_of(fields, key) for key in TEXTS}
        parameters = tuple(self.parameter(*item) for item in self.table(fields, "parameters").items())
        columns = tuple(self.column(*item) for item in self.table(fields, "columns").items())
        not_listed = self.not_listed(self.table(fields, "not_listed"))
        if fields:
            unknown = next(iter(fields))
            known = "question, question_uk, not_shown, [parameters.…], [columns] and [not_listed]"
            raise self.error(f"unknown key {unknown!r} in the header", f"Known keys: {known}.", self.line_of(unknown))
        if not texts["question"]:
            raise self.error("the header has no key 'question'", 'Add a line: // question = "Who …?"', 1)
        needed = parameters_in(self.text)
        for parameter in parameters:
            if parameter.name not in needed:
                line = self.line_of(parameter.name)
                raise self.error(
                    f"the Cypher does not use ${parameter.name}", "Remove the parameter from the header.", line
                )
        declared = {TODAY, *(parameter.name for parameter in parameters)}
        if missing := [each for each in needed if each not in declared]:
            raise self.error(
                f"the header does not declare ${missing[0]}",
                f"Add a table [parameters.{missing[0]}] with type and about.",
                1,
            )
        return Question(
            name=self.name,
            words=texts["question"],
            words_uk=texts["question_uk"] or texts["question"],
            not_shown=texts["not_shown"],
            not_shown_uk=texts["not_shown_uk"] or texts["not_shown"],
            parameters=parameters,
            columns=columns,
            cypher=self.text,
            not_listed=not_listed,
            own=own,
        )

    def text_of(self, fields: dict[str, object], key: str) -> str:
        value = fields.pop(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key} is not a text", "Put it in quotes.", self.line_of(key))
        return " ".join(value.split())

    def table(self, fields: dict[str, object], key: str) -> Mapping[str, object]:
        value = fields.pop(key, {})
        if not isinstance(value, dict):
            raise self.error(f"{key} is not a table", f"Write [{key}] on a line of its own.", self.line_of(key))
        return value

    def parameter(self, name: str, fields: object) -> Parameter:
        line = self.line_of(name)
        if not isinstance(fields, dict) or not IDENTIFIER.fullmatch(name):
            raise self.error(f"the parameter {name!r} is not a table", f"Write [parameters.{name}].", line)
        rest = dict(fields)
        type_ = rest.pop("type", None)
        about, name_uk = self.description(name, rest.pop("about", ""), f"the parameter {name}", "about")
        if type_ not in TYPES:
            raise self.error(
                f"unknown type {type_!r} of the parameter {name}", f"Known types: {', '.join(TYPES)}.", line
            )
        default, optional, example = rest.pop("default", None), rest.pop("optional", False), rest.pop("example", None)
        wanted = {"integer": int, "boolean": bool}.get(str(type_), str)
        if default is not None and type(default) is not wanted:
            raise self.error(f"the default of {name} is not of type {type_}", "Change the default or the type.", line)
        if rest or not isinstance(optional, bool):
            cause = f"invalid key {next(iter(rest), 'optional')!r} of the parameter {name}"
            raise self.error(cause, "Known keys: type, about, default, optional (true or false) and example.", line)
        return Parameter(
            name=name,
            type=cast("ParameterType", type_),
            about=about,
            name_uk=name_uk,
            default=cast("Value", default),
            optional=optional,
            example=None if example is None else str(example),
        )

    def column(self, name: str, value: object) -> Column:
        absent: tuple[str, ...] = ()
        if isinstance(value, list) and len(value) == 4:
            absent = tuple(text for text in value[2:] if isinstance(text, str))
            value = value[: 2 if len(absent) == 2 else 4]
        return Column(name, *self.description(name, value, f"the column {name}", name), *absent)

    def not_listed(self, fields: Mapping[str, object]) -> NotListed | None:
        if not fields:
            return None
        rest = dict(fields)
        question = rest.pop("question", None)
        texts = rest.pop("about", None)
        given = [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
        if rest or not isinstance(question, str) or len(given) != 2:
            hint = 'Write: question = "name" and about = ["what is not listed", "Ukrainian text"].'
            raise self.error("the table not_listed is not valid", hint, self.line_of("not_listed"))
        return NotListed(question, *given)

    def description(self, name: str, value: object, what: str, key: str) -> tuple[str, str]:
        """Return a description and the Ukrainian name, which defaults to `name` with spaces."""
        given = value if isinstance(value, list) else [value]
        texts = [text for text in given if isinstance(text, str)]
        if not texts or len(texts) > 2 or len(texts) < len(given):
            hint = f'Write: {key} = ["description", "Ukrainian name"].'
            raise self.error(f"{what} has no valid description", hint, self.line_of(name))
        return texts[0], texts[1] if len(texts) == 2 else name.replace("_", " ")


def _shell(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if re.fullmatch(r"[\w./:-]+", text) else shlex.quote(text)
