"""Gradients of a batch are the same to the bit, whoever computes them."""

import multiprocessing
import threading
from dataclasses import replace

import numpy as np
import pytest

from model import Network
from model.fast import team as module
from model.fast.team import Task, Team, TeamError
from model.lenet import LENET
from model.train import loop
from model.train.batches import Examples, inputs
from model.train.loss import LOSSES, measure
from model.train.recipe import Distillation, Recipe
from tests.made_up_mnist import made_up
from tests.model.examples import GRAPH, graph_network

IMAGES, LABELS = made_up(100, seed=2)


def task(network, batch_size=100, loss="cross_entropy"):
    reads = {"logits": network.logits_layer, "output": network.output_layer}
    chosen = LOSSES[loss]
    return Task(
        network.spec,
        reads[chosen.reads],
        chosen.forward,
        chosen.backward,
        batch_size,
        network.dtype.name,
    )


def lenet(seed=0):
    return Network.initialise(LENET, np.random.default_rng(seed))


def measured(team, network, count=100):
    team.begin(network.parameters, inputs(IMAGES[:count], network.spec.input), LABELS[:count])
    found = team.finish()
    return found._replace(gradients={n: g.copy() for n, g in found.gradients.items()})


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("network", [lenet(), graph_network()], ids=["lenet", "graph"])
def test_a_batch_is_measured_as_the_reference_measures_it(network, loss):
    with Team(task(network, loss=loss)) as team:
        for count in (100, 1, 32, 33):
            found = measured(team, network, count)
            passed = network.forward(inputs(IMAGES[:count], network.spec.input))
            value, seeds = measure(loss, network, passed, LABELS[:count])
            expected = network.backward(passed, seeds, to_input=False).parameters
            assert found.loss == pytest.approx(value, rel=1e-5)
            said = passed.outputs[network.output_layer].argmax(axis=1)
            assert found.correct == np.count_nonzero(said == LABELS[:count])
            assert list(found.gradients) == list(network.parameters)
            for name, gradient in expected.items():
                scale = np.abs(gradient).max()
                np.testing.assert_allclose(found.gradients[name], gradient, atol=1e-5 * scale)


def test_one_worker_and_two_find_the_same_bits():
    network = lenet()
    with Team(task(network)) as one, Team(task(network), 2) as two:
        for count in (100, 1, 64, 100, 100, 100, 100):
            alone, together = measured(one, network, count), measured(two, network, count)
            assert alone[:2] == together[:2]
            for name, gradient in alone.gradients.items():
                np.testing.assert_array_equal(gradient, together.gradients[name])
                network.parameters[name] -= np.float32(0.1) * gradient


@pytest.mark.parametrize("distillation", [None, Distillation(2)], ids=["labels", "teachers"])
def test_training_with_two_workers_ends_at_the_same_weights(distillation):
    recipe = replace(Recipe(), epochs=2, batch_size=80, held_out=40, distillation=distillation)
    examples = Examples(*made_up(300, seed=1))
    ended = []
    for workers in (1, 2):
        training = loop.begin(GRAPH, recipe)
        loop.train(training, examples, keep=lambda now: None, workers=workers)
        ended.append(training.network.parameters)
    for name, parameter in ended[0].items():
        np.testing.assert_array_equal(parameter, ended[1][name])


@pytest.mark.parametrize("when", ["before", "within"])
def test_a_worker_that_dies_is_told_of_in_a_sentence(when):
    network = lenet()
    with Team(task(network), 2) as team:
        measured(team, network)
        process, pipe = team._others[0]
        if when == "within":
            team.begin(network.parameters, inputs(IMAGES, LENET.input), LABELS)
            pipe.recv()
        process.kill()
        process.join()
        with pytest.raises(TeamError, match=r"ended unexpectedly\. Go on with --resume"):
            team.finish() if when == "within" else measured(team, network)


def test_left_by_an_error_the_other_workers_end():
    team = Team(task(lenet()), 2)
    process, _ = team._others[0]

    def fail():
        with team:
            assert process.is_alive()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not process.is_alive()


def test_a_team_may_be_gathered_in_any_thread():
    found = []

    def work():
        with Team(task(lenet()), 2) as team:
            found.append(measured(team, lenet()).correct)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(found) == 1


def test_another_worker_serves_until_nobody_asks_any_more():
    network = lenet()
    with Team(task(network)) as team:
        expected = measured(team, network)
        here, there = multiprocessing.Pipe()
        shared = team._worker.shared
        memory = shared.base if shared.base is not None else shared
        served = threading.Thread(
            target=module._serve, args=(team._worker.task, memory, team._claimed, there)
        )
        served.start()
        shared["slopes"][...] = 0
        team._claimed.value = 0
        here.send(100)
        assert here.recv() is None
        here.close()
        served.join()
        for name, gradient in team.finish().gradients.items():
            np.testing.assert_array_equal(gradient, expected.gradients[name])


def test_hopeless_probabilities_leave_no_denormal_numbers():
    network = lenet()
    network.parameters["fc3.bias"][...] = np.arange(10) * -9.5  # shares down to 1e-37
    with Team(task(network)) as team:
        for gradient in measured(team, network).gradients.values():
            small = np.abs(gradient)
            assert not ((small > 0) & (small < np.finfo(np.float32).tiny)).any()
