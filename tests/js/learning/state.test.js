// What the section of one step knows goes into its link and comes back; what does not fit is left out.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { EMPTY } from '../../../static/js/input/strokes.js';
import { phaseAt, phasesOf, placeOf, reached } from '../../../static/js/learning/phases.js';
import { fromLink, INITIAL, toLink, USUAL } from '../../../static/js/learning/state.js';
import { LENET } from '../specs.js';

const graph = createGraph(LENET);
const OWN = { ...EMPTY, strokes: [{ points: [[0.5, 0.25]], width: 0.125, erase: false }] };

test('a link says what is not as at first, and reads back as the same', () => {
  assert.equal(toLink(INITIAL), 'v=1');
  for (const patch of [
    { wanted: { target: 9, rate: 0.25, loss: 'squared_error', optimiser: 'adamw' } },
    { at: 7, pinned: { layer: 'conv2', channel: 3, row: 2, column: 4 } },
    { digit: 0 },
    { at: 15, weight: { parameter: 'conv2.weight', term: 2399 } },
    { drawing: OWN, digit: null },
  ]) {
    const state = { ...INITIAL, ...patch };
    const read = { ...INITIAL, ...fromLink(toLink(state), graph) };
    assert.equal(toLink(read), toLink(state));
    assert.deepEqual(
      [read.wanted, read.at, read.pinned, read.weight, read.digit],
      [state.wanted, state.at, state.pinned, state.weight, state.digit],
    );
    assert.deepEqual(read.drawing?.strokes, state.drawing?.strokes);
  }
});

test('what does not fit a link is as at first', () => {
  const odd =
    'v=1&target=10&rate=11&loss=none&optimiser=1&at=x&digit=10&drawing=no&cell=conv9.0.0.0&weight=conv2.weight.2400';
  assert.deepEqual(fromLink(odd, graph).wanted, USUAL);
  assert.equal(toLink({ ...INITIAL, ...fromLink(odd, graph) }), 'v=1');
  for (const part of ['constructor', 'toString', '__proto__'])
    assert.equal(fromLink(`weight=conv1.${part}.0`, graph).weight, null);
  assert.equal(toLink({ ...INITIAL, ...fromLink('at='.padEnd(300_000, '1'), graph) }), 'v=1');
});

test('backward is a phase for each layer, from the answer to the image', () => {
  const phases = phasesOf(graph);
  const back = phases.filter(({ name }) => name === 'backward').map(({ layer }) => layer);
  assert.deepEqual(back, graph.names.toReversed());
  assert.equal(phases[0]?.name, 'forward');
  assert.equal(phaseAt(phases, 999).name, 'after');
  assert.equal(placeOf(phases, 5, 'backward'), 5); // one stays where one is in it
  assert.equal(phases[placeOf(phases, 0, 'update')]?.name, 'update');
});

test('the gradient has come to the layers behind it, and to no other', () => {
  const phases = phasesOf(graph);
  const step = new Map(graph.names.map((name) => [`gradient/${name}`, { name }]));
  assert.equal(reached(phases, 1, step).size, 0);
  const at = phases.findIndex(({ layer }) => layer === 'fc3');
  assert.deepEqual([...reached(phases, at, step).keys()], ['softmax', 'fc3']);
  assert.equal(reached(phases, phases.length - 2, step).size, graph.names.length);
});
