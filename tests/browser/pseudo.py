"""A language for tests: English with accents, in brackets, a third longer, its numbers German.

It is made of the catalogue and of the functions, in a copy of the tree, so that whatever
is read without accents did not come from there.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from tests.made_up_mnist import write_mnist
from tests.server import ROOT, Server, running

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀćđéƒǵĥíĵķĺɱńóƥɋŕšťúṽŵẋýžÁƁĆĐÉƑǴĤÍĴĶĹṀŃÓƤɊŔŠŤÚṼŴẊÝŽ"
_GAP = re.compile(r"(\{\w+\}|\{\w+:\.\w+\})")
_KEPT = re.compile(
    r"(^(?:title|for|note|paper): |^(?:show|minutes|pace|network|drawing|spotlight):.*"
    r"|: [-0-9_ /×]+$|^# |^- |\*\*|\{[^{}]*\})"
)
"""Of a line of a lesson."""
_MARK = "·"
"""What a message is filled up with; brackets and these make it a third longer."""

# Does the same to all texts that a function of the language returns.
WRAPPED = """
const accents = new Map([...%s].map((plain, i) => [plain, [...%s][i]]));
function other(said) {
  if (typeof said === 'string') {
    const text = [...said].map((one) => accents.get(one) ?? one).join('');
    const more = Math.max(0, Math.ceil(text.length / 3) - 2);
    return text.trim() ? `«${text}${' ····'.repeat(more / 5)}»` : text;
  }
  if (Array.isArray(said)) return said.map((one) => (typeof one === 'string' ? other(one) : one));
  if (Object.keys(said).join() === 'title,text')
    return { title: other(said.title), text: other(said.text) };
  return said;
}
const wrap = (say) => (...given) => other(say(...given));
"""


def accented(text: str) -> str:
    """Write a text in the language of tests, its gaps as they are."""
    letters = str.maketrans(PLAIN, ACCENTED)
    parts = [part if _GAP.fullmatch(part) else part.translate(letters) for part in _GAP.split(text)]
    more = max(0, ceil(len(_GAP.sub("", text)) / 3) - 2)
    filled = f" {_MARK * 4}" * (more // 5) + _MARK * (more % 5)
    return f"«{''.join(parts)}{filled}»"


def _messages(file: Path) -> None:
    every = json.loads(file.read_text())
    other = {
        key: accented(one)
        if isinstance(one, str)
        else {form: accented(text) for form, text in one.items()}
        for key, one in every.items()
    }
    file.write_text(json.dumps(other, ensure_ascii=False))


def _sentences(folder: Path) -> None:
    names = [
        name
        for file in folder.glob("*.js")
        for name in re.findall(r"^export function (\w+)", file.read_text(), re.MULTILINE)
    ]
    index = folder / "index.js"
    exported = re.findall(r"^export \* from '(\./[\w]+\.js)';", index.read_text(), re.MULTILINE)
    modules = [f"import * as m{i} from '{path}';" for i, path in enumerate(exported)]
    every = ", ".join(f"...m{i}" for i in range(len(exported)))
    public = [name for name in dict.fromkeys(names) if _exports(folder, exported, name)]
    lines = [
        *modules,
        WRAPPED % (json.dumps(PLAIN), json.dumps(ACCENTED)),
        f"const every = {{ {every} }};",
        *(f"export const {name} = wrap(every.{name});" for name in public),
    ]
    index.write_text("\n".join(lines))


def _lessons(folder: Path) -> None:
    """Titles, notes and words of lessons; what their other keys say is no sentence."""
    for file in folder.glob("*.txt"):
        lines = [
            "".join(part if at % 2 else _told(part) for at, part in enumerate(_KEPT.split(line)))
            for line in file.read_text().split("\n")
        ]
        file.write_text("\n".join(lines))


def _told(text: str) -> str:
    return accented(text) if re.search("[A-Za-z]", text) else text


def _exports(folder: Path, files: list[str], name: str) -> bool:
    return any(f"export function {name}(" in (folder / file).read_text() for file in files)


@contextmanager
def speaking(folder: Path) -> Iterator[Server]:
    """Serve a copy of the tree in which the page speaks the language of tests."""
    for part in ("app", "model", "static", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    _messages(folder / "static" / "text" / "en.json")
    _sentences(folder / "static" / "js" / "text" / "en")
    _lessons(folder / "static" / "lessons")
    base = folder / "templates" / "base.html"
    base.write_text(base.read_text().replace('lang="{{ language }}"', 'lang="de"'))
    write_mnist(folder / "sets" / "28", test=120)  # a name without letters
    with running("--data", str(folder / "sets"), folder=folder) as server:
        yield server
