"""The page of operations: which sections it has, and where each is seen in the network."""

import re

from app.sections import SECTIONS, Section, cell_like, chosen
from tests.app.test_pages import Reader


def test_all_sections_stand_on_the_page_and_one_stands_alone(local):
    whole = Reader(local.get("/operations").text)
    assert [one.name for one in SECTIONS] == [name for name in whole.ids if chosen(name)]
    alone = local.get(f"/operations?only={SECTIONS[0].name}&embed=1")
    assert SECTIONS[0].name in Reader(alone.text).ids
    assert "data-embed" in alone.text
    assert "data-embed" not in local.get("/operations").text


def test_a_section_that_is_not_there_is_refused_with_those_that_are(local):
    answer = local.get("/operations?only=convolutions")
    assert answer.status_code == 404
    said = re.sub(r"<[^>]+>", "", answer.text)  # some of its words lead to the glossary
    assert "There is no operation of that name. Choose one of: image" in said


def test_a_section_leads_to_the_middle_of_the_first_layer_that_does_the_same(local):
    network = local.get("/api/models/untrained").json()
    first = next(layer for layer in network["layers"] if layer["kind"] == "conv")
    _, rows, columns = first["shape"]
    cell = f"{first['name']}.0.{rows // 2}.{columns // 2}"
    answer = local.get("/operations").text
    assert f"./#v=1&cell={cell}" in Reader(answer).urls
    assert f"{first['name']} of the network lays its kernels on your drawing." in answer


def test_a_network_without_such_a_layer_has_no_cell_for_it(local):
    spec = local.state["catalogue"].default.spec
    assert cell_like(Section("some", "conv"), spec)
    assert cell_like(Section("some", "add"), spec) == ""


def test_a_section_about_several_maps_leads_to_a_layer_that_reads_some(local):
    spec = local.state["catalogue"].default.spec
    reads = {
        layer.name: layer.parameters["weight"][1] for layer in spec.layers if "conv" in layer.name
    }
    found = cell_like(Section("some", "conv", several=True), spec).split(".")[0]
    assert found == next(name for name, maps in reads.items() if maps > 1)
    assert found != cell_like(Section("some", "conv"), spec).split(".")[0]
