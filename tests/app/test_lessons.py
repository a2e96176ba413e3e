"""Lessons: files read into cues, and what is wrong with them in sentences with file and line."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.handout import filled
from app.lessons.judge import runs_of
from app.lessons.links import NETWORK_PARTS, read_link
from app.lessons.mistakes import LessonError
from app.lessons.shelf import ORDER, load_lessons
from app.lessons.text import read_lesson
from app.models import load_models, serve
from app.numbers import grouped
from app.paths import resource_folder
from app.sections import SECTIONS
from app.settings import Settings
from model import load_network
from tests.app.local import Local
from tests.server import running

MINE = """\
title: What a kernel sees
minutes: 5
for: a class that has seen the tour

# A window
show: http://localhost:8000/?model=untrained#v=1&weights=c0ffee&cell=conv1.2.13.9
spotlight: conv1
pace: 12
note: Ask first.
note: Then show.

It reads a **window**, and gives {conv1 2 13 9}.
The layer has {maps conv1} maps.

- one
  and the same
- **{probability 8}** for 8

# The guess
show: /#cell=softmax.{guess}.0.0

{guess}, before {second}.
# By itself
show: /operations#pooling&v=1&pooling.mode=sum&drawing=sAAA

Words.
"""
WRONG = """\
title: Mine
minutes: soon
for: pupils

# First
show: /#cell=conv9.0.0.0

A number: {conv1 0 3}.
"""


@pytest.fixture(scope="module")
def networks(network_file):
    return {one.id: one.spec for one in load_models([str(network_file)])}


@pytest.fixture(scope="module")
def read(networks):
    return lambda text: read_lesson(text, "mine.txt", networks)


def test_a_lesson_is_read_as_its_manual_says(read):
    lesson = read(MINE)
    assert (lesson.name, lesson.minutes, lesson.count, lesson.digit) == ("mine", 5, 3, "8")
    first, second, third = lesson.cues
    assert first.parts == {"cell": "conv1.2.13.9"}
    assert (first.spotlight, first.pace, first.notes) == ("conv1", 12, ("Ask first.", "Then show."))
    assert [block.kind for block in first.words] == ["paragraph", "list"]
    said = [(run.text, run.strong, run.number) for run in runs_of(first)]
    assert said == [
        ("It reads a ", False, ()),
        ("window", True, ()),
        (", and gives ", False, ()),
        ("", False, ("conv1", "2", "13", "9")),
        (". The layer has ", False, ()),
        ("", False, ("maps", "conv1")),
        (" maps.", False, ()),
        ("one and the same", False, ()),
        ("", True, ("probability", "8")),
        (" for 8", False, ()),
    ]
    assert second.parts == {"cell": "softmax.{guess}.0.0"}
    assert (third.page, third.section) == ("operations", "pooling")
    assert third.parts == {"pooling.mode": "sum", "drawing": "sAAA"}


def test_what_a_cue_does_not_show_anew_stays(read):
    shown = read(MINE.replace("show: /#cell=softmax.{guess}.0.0\n", "")).cues
    assert shown[1].parts == shown[0].parts


def test_three_mistakes_are_three_sentences_that_name_file_and_line(read):
    with pytest.raises(LessonError) as wrong:
        read(WRONG)
    first, second, third = str(wrong.value).split("\n")
    assert first == "mine.txt, line 2: minutes: is a whole number from 1 to 999."
    assert second.startswith("mine.txt, line 6: untrained has no layer conv9. It has conv1, relu1,")
    assert third.startswith("mine.txt, line 8: {conv1 0 3} cannot be filled: write {LAYER MAP ROW")


def test_grids_are_on_the_handout(read):
    more = "pace: 12\npaper: 2 × 3\npaper: The kernel: 1 −0.5 / 0 _"
    empty, kernel = read(MINE.replace("pace: 12", more)).cues[0].papers
    assert (empty.title, empty.rows) == ("", (("", "", ""),) * 2)
    assert (kernel.title, kernel.rows) == ("The kernel", (("1", "−0.5"), ("0", "")))


def test_of_a_cue_whose_link_is_wrong_nothing_else_is_called_wrong(read):
    cut = MINE.replace("localhost:8000/", "localhost:8000/learn").replace("conv1\n", "hands\n", 1)
    with pytest.raises(LessonError) as wrong:
        read(cut.replace("{maps conv1}", "{conv9 0 0 0}"))
    assert [one.line for one in wrong.value.mistakes] == [6]


def test_a_key_that_is_nearly_right_is_offered(read):
    with pytest.raises(LessonError, match=r"There is no notes: of a cue.* Did you mean note:\?"):
        read(MINE.replace("pace: 12", "pace: 12\nnotes: Ask them."))


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("title: What a kernel sees", ""), 1, "title:"),
        (("minutes: 5", "length: 5"), 2, "There is no length:"),
        (("minutes: 5", "minutes: 5\nminutes: 6"), 3, "minutes: is there twice."),
        (("for: a", "drawing: X\nfor: a"), 3, "drawing: is one of"),
        (("for: a", "hello\nfor: a"), 3, "Above the first cue"),
        (("pace: 12", "pace: 12\nhello"), 9, "An empty line stands"),
        (("# A window", "#  "), 5, "It has no cue|A cue has a title"),
        (("?model=untrained", "?model=lenet"), 6, "The link is of lenet"),
        (("&cell=", "&cells="), 6, "Links say nothing called cells"),
        (("localhost:8000/", "localhost:8000/learn"), 6, "There is no page learn"),
        (("spotlight: conv1", "spotlight: #pad"), 7, "A spotlight is on"),
        (("pace: 12", "pace: 0"), 8, "pace: is a number"),
        (("pace: 12", "paper: 1 0 / 1"), 8, "paper: is a size such as 8 × 8"),
        (("pace: 12", "paper: 17 × 3"), 8, "paper: is a size such as 8 × 8"),
        (("**window**", "**window"), 12, r"\*\* has no partner"),
        (("{conv1 2 13 9}", "{conv1 2 13"), 12, "{ has no partner"),
        (("{maps conv1}", "{maps}"), 12, r"\{maps\} cannot be filled"),
        (("{probability 8}", "{probability}"), 17, "write {probability CLASS}"),
        (("softmax.{guess}", "softmax.{third}"), 20, "{third} names no cell"),
        (("&pooling.mode=sum", "&pooling.mode=sum" * 150), 24, "The link has more than 100 parts"),
        (("pooling&v", "pool&v"), 24, "The link names no operation"),
        (("pooling.mode", "pool.mode"), 24, "No operation has anything called pool.mode"),
        (("\nWords.\n", ""), 23, "A cue says something"),
    ],
)
def test_a_mistake_is_told_at_its_line(change, line, says, read):
    with pytest.raises(LessonError) as wrong:
        read(MINE.replace(*change))
    found = [one for one in wrong.value.mistakes if one.line == line]
    assert found, str(wrong.value)
    assert re.search(says, found[0].says)


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("cell=conv1.2.13.9", "cell=conv1.6.0.0"), 6, "conv1 6 0 0 is no cell: conv1 has 6×28×28"),
        (("conv1.2.13.9", f"conv1.{'9' * 5_000}.13.9"), 6, "is no cell: conv1 has 6×28×28"),
        (("cell=softmax.{guess}.0.0", "cell={strongest pool9}"), 20, "no layer pool9"),
        (("cell=conv1.2.13.9", "cell=probability"), 6, "no layer probability"),
        (("cell=conv1.2.13.9", "cell=probability.{guess}"), 6, "no layer probability"),
        (("cell=conv1.2.13.9", "cell=strongest.conv1"), 6, "no layer strongest"),
        (("spotlight: conv1", "spotlight: conv9"), 7, "no layer conv9 for a spotlight"),
        (("{conv1 2 13 9}", "{conv1 2 28 9}"), 12, "is no cell"),
        (("{probability 8}", "{probability eight}"), 17, "no class eight"),
    ],
)
def test_what_the_network_does_not_have_is_told_at_its_line(change, line, says, read):
    with pytest.raises(LessonError) as wrong:
        read(MINE.replace(*change))
    assert (wrong.value.mistakes[0].line, len(wrong.value.mistakes)) == (line, 1)
    assert says in wrong.value.mistakes[0].says


SCRAPS = st.lists(st.sampled_from([*MINE.splitlines(), "", "# ", "- ", "{", "**", "show: //["]))


@given(
    st.one_of(st.text(), SCRAPS.map("\n".join)),
    st.text(st.sampled_from("az-9.txt#{}*: \n/&=%\u2028²"), max_size=40),
)
def test_any_text_is_a_lesson_or_sentences(networks, text, more):
    for whole in (text + more, MINE[:60] + text + more, MINE + more):
        mistakes = ()
        try:
            read_lesson(whole, "any.txt", networks)
        except LessonError as error:
            mistakes = error.mistakes
        for one in mistakes:
            assert 1 <= one.line <= whole.count("\n") + 1
            assert one.says.endswith("."), one.says


def test_links_say_what_the_page_says():
    code = (resource_folder("static") / "js" / "page" / "link" / "fields.js").read_text("utf-8")
    table = code.partition("FIELDS = {")[2].partition("\n};")[0]
    fields = re.findall(r"^  (\w+): ?(?:\{|flag|choice)", table, re.MULTILINE)
    assert set(NETWORK_PARTS) | {"lesson", "cue"} == set(fields) | {"lesson", "cue"}
    assert all(read_link(f"/operations#{one.name}").section == one.name for one in SECTIONS)


def test_the_api_lists_lessons_and_gives_each(tmp_path, network_file):
    (tmp_path / "mine.txt").write_text(MINE, "utf-8")
    settings = Settings(models=(str(network_file),), lessons=str(tmp_path))
    assert Settings.from_environment(settings.to_environment()) == settings
    with Local(settings) as local:
        (line,) = local.get("/api/lessons").json()
        assert (line["name"], line["network"], line["count"]) == ("mine", "untrained", 3)
        lesson = local.get("/api/lessons/mine").json()
        assert {name: lesson[name] for name in line} == line
        assert lesson["cues"][1]["title"] == "The guess"
        wrong = local.get("/api/lessons/none")
    assert wrong.status_code == 404
    assert wrong.json()["detail"] == "This server has no lesson of that name. It has: mine."


def test_serve_names_a_broken_lesson_and_leaves_it_out(tmp_path, network_file):
    (tmp_path / "good.txt").write_text(MINE, "utf-8")
    (tmp_path / "mine.txt").write_text(WRONG, "utf-8")
    (tmp_path / "old.txt").write_bytes(b"\xff\xfe\xfa")
    with running("--model", str(network_file), "--lessons", str(tmp_path)) as server:
        said = [line for line in server.lines if ".txt" in line]
    assert [line.partition(":")[0] for line in said] == [
        "mine.txt, line 2",
        "mine.txt, line 6",
        "mine.txt, line 8",
        "old.txt, line 1",
        "mine.txt is left out until that is mended and the server is started again.",
        "old.txt is left out until that is mended and the server is started again.",
    ]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"There is no folder .*none with lessons"):
        load_lessons(str(tmp_path / "none"), {})


def test_what_comes_along_is_right_and_in_its_order():
    networks = {one.id: one.spec for one in load_models(Settings().models)}
    folder = resource_folder("static") / "lessons"
    own = load_lessons(str(folder), networks)
    assert not own.mistakes, "\n".join(map(str, own.mistakes))
    assert tuple(own) == ORDER
    assert {path.stem for path in folder.glob("*.txt")} == set(ORDER)


@pytest.mark.parametrize("name", ["lenet", "lenet5", "mlp"])
def test_weights_on_the_handout_are_as_many_as_the_network_has(name):
    network, cue = load_network(name), SimpleNamespace(page=False)
    served = serve(name, network).spec
    for layer in network.spec.layers:
        said = filled(cue, ("weights", layer.name), served)
        assert said == grouped(network.spec.parameter_count(layer.name)), layer.name
