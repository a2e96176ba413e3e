"""A network of blocks: what each gives, costs and sees, what is wrong, how weights begin."""

import json
import math
import re

import numpy as np
import pytest

from app.commands import training
from model.checkpoint import load
from model.initialise import parameters
from model.mlp import MLP
from model.spec import GraphSpec, NetworkSpec
from model.spec_json import layer_from_json
from tests.browser.bench import Bench
from tests.made_up_mnist import write_mnist

IMAGE = (1, 32, 32)


def layers_of(bench):
    """The blocks, as the address says them, which is written at rest."""
    bench.page.wait_for_timeout(600)
    found = bench.page.evaluate(
        "new URLSearchParams(location.hash.slice(1)).get('network.network')"
    )
    return json.loads(found)["layers"]


def names(bench):
    """The blocks, from the first to the last."""
    return bench.section.locator(".blocks tbody th").all_inner_texts()


def row(bench, name):
    """The row of a block."""
    return bench.section.get_by_role("row").filter(
        has=bench.page.get_by_role("rowheader", name=name, exact=True)
    )


def numbers(bench, name):
    """What its row says: shape, parameters, multiply-adds, rows and columns seen, spread."""
    texts = row(bench, name).locator("td[data-label]").all_inner_texts()
    plain = [one.replace("\u202f", "").replace("\u2212", "-") for one in texts]
    shape, learnt, multiplied = (tuple(map(int, re.findall(r"\d+", one))) for one in plain[:3])
    return shape, learnt[0], multiplied[0], plain[3], plain[4]


def truths(layers, shape):
    """Shape, parameters, multiply-adds and receptive field of a chain, told cell by cell."""
    found, reach, step = [], 1, 1
    for layer in layers:
        learnt = multiplied = 0
        if layer["kind"] in ("conv", "pool"):
            (size, _), (stride, _), (around, _) = (
                layer[one] for one in ("kernel", "stride", "padding")
            )
            places = len(range(0, shape[1] + 2 * around - size + 1, stride))
            reach, step = reach + (size - 1) * step, step * stride
            if layer["kind"] == "conv":
                learnt = layer["channels"] * (shape[0] * size * size + 1)
                multiplied = layer["channels"] * shape[0] * size * size * places * places
                shape = (layer["channels"], places, places)
            else:
                shape = (shape[0], places, places)
        elif layer["kind"] == "dense":
            reads = math.prod(shape)
            learnt, multiplied = layer["channels"] * (reads + 1), layer["channels"] * reads
            shape, reach = (layer["channels"],), 32
        seen = min(32, reach)
        found.append((shape, learnt, multiplied, f"{seen} × {seen}"))
    return found


def hold(bench):
    """Hold what each row says, and what the cells of the first convolution show, to plain loops."""
    layers = layers_of(bench)
    for layer, truth in zip(layers, truths(layers, IMAGE), strict=True):
        *said, spread = numbers(bench, layer["name"])
        assert tuple(said) == truth, layer["name"]
        assert float(spread.replace("×10", "e")) == pytest.approx(
            bench.maps(layer["name"]).std(), rel=0.06
        )
    all_of = bench.section.locator(".blocks-all").inner_text().replace("\u202f", "")
    sums = [sum(one[i] for one in truths(layers, IMAGE)) for i in (1, 2)]
    assert [int(one) for one in re.findall(r"\d+", all_of)[:2]] == sums


def weights_in(bench, method, seed=1):
    """The weights that a seed draws, as the engine does."""
    layers = tuple(layer_from_json(*one) for one in enumerate(layers_of(bench), 1))
    return parameters(GraphSpec(IMAGE, layers), np.random.default_rng(seed), method)


def first_map(bench, weights):
    """What kernel 0 of conv1 makes of the picture, in plain loops."""
    [image], kernel = bench.maps("input"), weights["conv1.weight"][0, 0]
    image = np.pad(image, layers_of(bench)[0]["padding"][0])
    size = len(image) - len(kernel) + 1
    found = np.zeros((size, size))
    for at in np.ndindex(size, size):
        for off in np.ndindex(kernel.shape):
            found[at] += image[at[0] + off[0], at[1] + off[1]] * kernel[off]
    return found


def told(bench, words):
    bench.lens.until(
        "document.getElementById('network').innerText.includes(" + json.dumps(words) + ")"
    )


def test_a_network_is_built_of_blocks_with_what_each_gives_costs_and_sees(open_page):
    bench = Bench(open_page(), "network")
    page, section = bench.page, bench.section
    section.get_by_role("button", name="conv, conv, pool").click()
    section.get_by_role("button", name="like LeNet").click()
    row(bench, "conv1").get_by_label("maps").fill("4")
    bench.settle()
    bench.lens.until("location.hash.includes('network.network')")
    hold(bench)
    np.testing.assert_allclose(
        bench.shown("conv1"), first_map(bench, weights_in(bench, "he")), rtol=1e-4, atol=1e-5
    )

    # Blocks are added, moved and removed, by keys, too; what read a block reads what it read.
    section.get_by_label("Add behind").select_option("relu2")
    section.get_by_role("button", name="convolution", exact=True).click()
    section.get_by_role("button", name="activation").click()
    bench.settle()
    assert names(bench)[3:8] == ["conv2", "relu2", "conv3", "relu4", "pool2"]
    section.get_by_role("button", name="relu4: move up").focus()
    page.keyboard.press("Enter")
    bench.settle()
    assert names(bench)[4:7] == ["relu2", "relu4", "conv3"]
    page.keyboard.press("Enter")
    bench.settle()
    assert names(bench)[4:7] == ["relu4", "relu2", "conv3"]
    section.get_by_role("button", name="relu4: remove").click()
    row(bench, "conv3").get_by_label("padding").fill("1")
    row(bench, "pool2").get_by_label("How it pools").select_option("average")
    bench.settle()
    bench.lens.until("location.hash.includes('average')")
    hold(bench)

    # A skip: two layers of one shape are added.
    section.get_by_label("Add behind").select_option("conv3")
    section.get_by_role("button", name="skip", exact=True).click()
    bench.settle()
    [joined] = [one for one in names(bench) if "add" in one]
    other = row(bench, joined).get_by_label("and").input_value()
    assert other == "relu2"
    np.testing.assert_allclose(
        bench.maps(joined), bench.maps("conv3") + bench.maps("relu2"), rtol=1e-5, atol=1e-6
    )
    bench.lens.until("location.hash.includes('add1')")
    before = names(bench)
    page.reload()
    bench.lens.until("document.getElementById('network').dataset.opened !== undefined")
    bench.settle()
    assert names(bench) == before


class Mending:
    """A section in which something is wrong, and mended."""

    def __init__(self, bench):
        self.bench, self.section = bench, bench.section

    def wrong(self, at, *words):
        """Hold the one block that is wrong to what is said below it; all above it is computed."""
        self.bench.settle()
        assert self.section.locator(".refused").is_hidden()
        assert self.section.locator(".blocks [data-wrong] th").all_inner_texts() == [at]
        says = self.section.locator(".block-wrong:visible").inner_text()
        assert all(word in says for word in words), says
        above = names(self.bench)[: names(self.bench).index(at)]
        layers = self.bench.page.evaluate("[...convlens.quantity('network').tensors.keys()]")
        assert set(above) <= set(layers)
        assert at not in layers or not above

    def right(self):
        self.bench.settle()
        assert self.section.locator(".blocks [data-wrong]").count() == 0

    def press(self, name):
        self.section.get_by_role("button", name=name, exact=True).click()


def test_what_is_wrong_is_told_at_the_block_and_all_above_it_still_runs(open_page):
    bench = Bench(open_page(), "network")
    here = Mending(bench)
    row(bench, "pool1").get_by_label("size").fill("50")
    here.wrong("pool1", "50", "28")
    row(bench, "pool1").get_by_label("size").fill("2")
    here.right()
    here.press("with a skip")
    row(bench, "conv3").get_by_label("maps").fill("5")
    here.wrong("add1", "5 maps", "6 maps")
    row(bench, "add1").get_by_label("and").select_option("relu2")
    here.wrong("add1", "5 maps", "6 maps")
    row(bench, "conv3").get_by_label("maps").fill("6")
    here.right()
    here.press("dense1: move up")
    here.wrong("pool2", "maps", "10 units")
    here.press("like LeNet")
    here.right()
    for name in ("dense1", "relu3", "dense2"):
        here.press(f"{name}: remove")
    here.wrong("softmax", "16 maps of 5 by 5", "flatten or dense")
    bench.section.get_by_label("Add behind").select_option("pool2")
    here.press("flatten")
    here.right()
    here.press("no convolution")
    here.right()
    row(bench, "dense1").get_by_label("units").fill("600")
    here.wrong("dense1", f"{600 * 1025 + 50 * 601 + 10 * 51:,}".replace(",", "\u202f"), "weights")
    bench.lens.complaints.clear()  # Chromium complains of each refusal


def test_weights_begin_by_a_rule_and_kernels_that_begin_alike_stay_alike(open_page):
    bench = Bench(open_page(), "network")
    section = bench.section
    gradients, fate = section.locator(".gradients-told"), section.locator(".blocks-fate")
    bench.lens.until("true")
    section.get_by_role("button", name="conv, conv, pool").click()
    bench.settle()
    bench.lens.until("location.hash.includes('network.network')")
    for name, method in (("Glorot", "glorot"), ("He", "he")):
        section.get_by_role("button", name=name, exact=True).click()
        bench.settle()
        truth = first_map(bench, {"conv1.weight": drawn(bench, method)})
        np.testing.assert_allclose(bench.shown("conv1"), truth, rtol=1e-4, atol=1e-5)
        assert fate.inner_text().startswith("Holding")
        assert "6 different ones among 6" in gradients.inner_text()
    section.get_by_role("button", name="another seed").click()
    bench.settle()
    truth = first_map(bench, {"conv1.weight": drawn(bench, "he", 2)})
    np.testing.assert_allclose(bench.shown("conv1"), truth, rtol=1e-4, atol=1e-5)

    section.get_by_role("button", name="normal").click()
    sigma = section.get_by_label("σ of weights")
    for size, word in (("0.01", "Dying"), ("1", "Exploding")):
        sigma.fill(size)
        bench.settle()
        assert fate.inner_text().startswith(word)
    section.get_by_role("button", name="zeros").click()
    bench.settle()
    assert not bench.maps("dense1").any()
    assert fate.inner_text().startswith("Dead")
    assert "gradient 0" in gradients.inner_text()

    # One guesses, and sees it of weights that are all equal.
    section.get_by_role("button", name="No, they stay alike").click()
    bench.settle()
    assert section.locator(".verdict").inner_text().startswith("Right.")
    assert "all 6 kernels have the same" in gradients.inner_text()
    maps = bench.maps("conv2")
    assert maps.any()
    # The processor may round the same sum otherwise at the edge of a product.
    np.testing.assert_allclose(maps, np.broadcast_to(maps[:1], maps.shape), rtol=1e-6)


def drawn(bench, method, seed=1):
    return weights_in(bench, method, seed)["conv1.weight"]


def test_a_network_is_saved_as_a_file_that_is_trained_and_a_broken_one_changes_nothing(
    open_page, tmp_path, monkeypatch
):
    bench = Bench(open_page(), "network")
    page, section = bench.page, bench.section
    section.get_by_role("button", name="with a skip").click()
    bench.settle()
    with page.expect_download() as waiting:
        section.get_by_role("button", name="Save").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    monkeypatch.chdir(tmp_path)
    data = write_mnist(tmp_path / "mnist", train=120, test=20)
    runs = file.parent / "runs"
    training.train(network=file.name, data=data, recipe="plain", epochs=1, held_out=20, runs=runs)
    spec = load(file.with_suffix(".safetensors")).spec
    assert [one.name for one in spec.layers] == names(bench)

    # Files of others: a network with a border; none at all; one that cannot be.
    def opens(name, content):
        (tmp_path / name).write_bytes(content)
        section.locator("input[type=file]").set_input_files(tmp_path / name)
        told(bench, name)
        bench.settle()
        return section.locator(".hand .told").last.inner_text()

    whole = bench.maps("input")
    mlp = json.dumps(MLP.to_json()).encode()
    assert "is open" in opens("mlp.json", mlp)
    assert names(bench) == [one.name for one in MLP.layers]
    np.testing.assert_array_equal(bench.maps("input"), whole[:, 2:-2, 2:-2])
    before = names(bench)
    assert "cannot be opened" in opens("photo.json", b"\x89PNG")
    assert "cannot be opened" in opens("half.json", mlp[:300])
    odd = json.dumps(MLP.to_json()).replace('"softmax"', '"soft"').encode()
    assert "kind must be one of" in opens("odd.json", odd)
    assert names(bench) == before

    # What cannot be trained is not saved, and told at the block.
    saved = not_saved_until_it_can_be_trained(bench)
    assert [one.name for one in saved.layers] == names(bench)
    assert saved.input == MLP.input
    bench.lens.complaints.clear()  # Chromium complains of each refusal


def not_saved_until_it_can_be_trained(bench):
    """Take the last layer of ten units away, and put one there again."""
    page, section = bench.page, bench.section
    section.get_by_role("button", name="fc3: remove").click()
    bench.settle()
    section.get_by_role("button", name="Save").click()
    told(bench, "Not saved")
    bench.lens.frame()
    assert section.locator(".blocks [data-wrong] th").all_inner_texts() == ["softmax"]
    section.get_by_label("Add behind").select_option("tanh2")
    section.get_by_role("button", name="fully connected").click()
    bench.settle()
    with page.expect_download() as waiting:
        section.get_by_role("button", name="Save").click()
    return NetworkSpec.from_json(json.loads(waiting.value.path().read_bytes()))
