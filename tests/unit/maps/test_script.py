"""The page's script: its logic under node, and its modules joined into one text."""

import subprocess
from pathlib import Path, PurePosixPath

import pytest

from fixtures.script import node
from twingraph.maps.page import bundle, program_text

MODULES = {
    "main.js": "import { double } from './logic/math.js';\nimport * as math from './logic/math.js';\n"
    "import { label } from './label.js';\nlog.push(double(2), math.UNIT, label());\n",
    "label.js": "import { UNIT } from './logic/math.js';\n\n/** A label. */\nexport function label() {\n"
    "  // in its own scope\n  const double = 'x';\n  return `${double}${UNIT}`;\n}\n",
    "logic/math.js": "log.push('once');\nexport const UNIT = 'km';\nexport function double(n) {\n  return 2 * n;\n}\n",
}


def join(modules: dict[str, str]) -> str:
    return bundle(lambda path: modules[str(path)], "main.js")


def test_the_logic_of_the_page_is_right() -> None:
    """Search, plurals, dates, filters, addresses, places of labels: what can be tested without a browser."""
    tests = sorted(map(str, (Path(__file__).parent / "script").glob("*.test.mjs")))
    assert len(tests) >= 6
    done = subprocess.run([node(), "--test", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_run_once_each_in_the_order_of_their_imports() -> None:
    program = f"const log = [];\n{join(MODULES)}\nconsole.log(log.join());"
    done = subprocess.run([node(), "-e", program], capture_output=True, text=True, check=True)
    assert done.stdout == "once,4,km,xkm\n"


def test_what_is_joined_holds_no_import_and_no_comment() -> None:
    text = join(MODULES)
    assert "import " not in text
    assert "export " not in text
    assert "label. */" not in text
    assert "own scope" not in text
    assert program_text().count("\n") > 2000


@pytest.mark.parametrize(
    ("path", "line", "message"),
    [
        ("label.js", "import { half } from './logic/math.js';\n", "imports half, which logic/math.js does not export"),
        (
            "logic/math.js",
            "import { label } from '../label.js';\n",
            "main.js -> logic/math.js -> label.js -> logic",
        ),
        ("label.js", "export default 1;\n", "of another form: export default 1"),
        ("label.js", "export let lang = 'en';\n", "of another form: export let"),
        ("label.js", "import './style.js';\n", "of another form: import './style.js'"),
    ],
)
def test_other_forms_of_import_are_refused(path: str, line: str, message: str) -> None:
    """A page that was joined wrongly would stay blank."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        join(MODULES | {path: line + MODULES[path]})


def test_every_module_belongs_to_the_page() -> None:
    """A module that nothing imports is dead code, and no linter says so."""
    folder = Path(__file__).parents[3] / "src" / "twingraph" / "maps" / "script"
    read: set[PurePosixPath] = set()

    def remember(path: PurePosixPath) -> str:
        read.add(path)
        return folder.joinpath(path).read_text(encoding="utf-8")

    bundle(remember, "main.js")
    assert read == {PurePosixPath(path.relative_to(folder).as_posix()) for path in folder.rglob("*.js")}
