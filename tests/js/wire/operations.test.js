import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { encode } from '../../../static/js/wire/encode.js';
import { Live } from '../../../static/js/wire/live.js';
import { operations, specIn } from '../../../static/js/wire/operations.js';
import { Reader } from '../../../static/js/wire/reader.js';
import { decode } from '../../../static/js/wire/safetensors.js';

const rest = () => new Promise((resolve) => setTimeout(resolve, 0));

const graph = (bias) => ({
  input: { shape: [1, 3, 3], data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 255) },
  layers: [{ name: 'edges', kind: 'conv', inputs: [], kernel: [2, 2], channels: 1 }],
  weights: {
    'edges.weight': { shape: [1, 1, 2, 2], data: Float32Array.of(1, 0, 0, -1) },
    'edges.bias': { shape: [1], data: Float32Array.of(bias) },
  },
});

test('what is written as safetensors is read back, each array aligned', () => {
  const held = new Float32Array(6).fill(7).subarray(1, 4);
  const file = encode(
    { bytes: { shape: [3], data: Uint8Array.of(1, 2, 3) }, floats: { shape: [3, 1], data: held } },
    { says: 'ünicode' },
  );
  const { metadata, tensors } = decode(file);
  assert.deepEqual(metadata, { says: 'ünicode' });
  assert.deepEqual(tensors.get('bytes'), {
    ...{ dtype: 'U8', shape: [3] },
    data: Uint8Array.of(1, 2, 3),
  });
  assert.deepEqual(tensors.get('floats')?.data, Float32Array.of(7, 7, 7));
  assert.equal(tensors.get('floats')?.data.buffer, file, 'it need not be copied to be read');
});

test('a reader asks operations by themselves, and of several the latest wins', async () => {
  const asked = [];
  const heard = [];
  const reader = new Reader({
    link: { away: () => false, lost: () => {}, proven: () => {} },
    timers: createClock().timers,
    fetch: (url, init) => new Promise((resolve) => asked.push({ url, init, resolve })),
  });
  const { ask } = reader.asker({
    onAnswer: (answer, { asked }) => heard.push([specIn(answer).title, asked]),
  });
  const drawing = { strokes: [], file: null };
  const network = { id: 'lenet', weights: () => undefined, renew: async () => {} };
  reader.asker({ onAnswer: () => {} }).ask({ network, what: 'variations', drawing, center: true });
  const graphs = [0, 1, 2].map(graph);
  ask(operations(graphs[0]));
  await rest();
  assert.equal(asked.length, 2, 'a drawing and a graph never travel together');
  ask(operations(graphs[1]));
  ask(operations(graphs[2]));
  await rest();
  const [first] = asked;
  assert.equal(first.url, 'api/operations');
  assert.equal(first.init.headers['Content-Type'], 'application/vnd.safetensors');
  const sent = decode(await first.init.body.arrayBuffer());
  assert.deepEqual(JSON.parse(sent.metadata.layers), graphs[0].layers);
  assert.deepEqual([...sent.tensors.get('input').data], [0, 1, 2, 3, 4, 5, 6, 7, 255]);
  assert.deepEqual([...sent.tensors.get('edges.weight').data], [1, 0, 0, -1]);
  first.resolve(new Response(encode({}, { spec: '{"title":"Operations"}' })));
  await rest();
  await rest();
  assert.deepEqual(heard, [['Operations', graphs[0]]]);
  assert.equal(asked.length, 3, 'the one between was never asked');
  const last = decode(await asked[2].init.body.arrayBuffer());
  assert.deepEqual([...last.tensors.get('edges.bias').data], [2]);
});

/** A live channel whose socket is ours, and somebody who drags a value of a kernel. */
function dragging() {
  const sent = [];
  const socket = { send: (data) => sent.push(data), close: () => {} };
  const live = new Live({ make: () => socket, timers: createClock().timers });
  const { input, ...rest } = graph(0);
  const ask = (bias, picture = input, other = {}) =>
    live.ask([operations({ ...rest, weights: graph(bias).weights, input: picture, ...other })]);
  const answer = (number, says) => {
    const file = encode({}, { says });
    const head = new Uint32Array(4 + file.byteLength / 4);
    head.set([number, 900, 1, 250]);
    head.set(new Uint32Array(file), 4);
    socket.onmessage({ data: head.buffer });
  };
  const refuse = (number, status) => {
    const problem = { status, kind: 'graph-kernel-rows', errors: [{ pointer: '#/layers/2' }] };
    socket.onmessage({ data: JSON.stringify({ number, problem }) });
  };
  const told = () => {
    const { metadata, tensors } = decode(sent.at(-1));
    const { number, kept, spread } = metadata;
    return { number, kept, spread, input: tensors.has('input') };
  };
  return { ask, sent, socket, answer, refuse, told, input };
}

test('over a channel the input travels once, and again when it is another one', async () => {
  const { ask, sent, socket, answer, told, input } = dragging();
  assert.equal(await ask(0), null, 'a single question opens none');
  assert.equal(await ask(1), null, 'over HTTP, until it is open');
  socket.onopen();
  const first = ask(2, input, { spread: true });
  assert.deepEqual(told(), { number: '1', kept: undefined, spread: 'true', input: true });
  const second = ask(3);
  assert.deepEqual(told(), { number: '2', kept: '1', spread: undefined, input: false });
  assert.deepEqual([...decode(sent[1]).tensors.get('edges.bias').data], [3]);
  answer(1, 'first');
  answer(2, 'second');
  assert.equal((await first)[0].metadata.says, 'first');
  assert.equal((await second)[0].metadata.says, 'second');
  assert.equal((await second)[0].took, 0.25);
  void ask(3.5);
  assert.deepEqual(told(), { number: '3', kept: '1', spread: undefined, input: false });
  void ask(4, { ...input });
  assert.deepEqual(told(), { number: '4', kept: undefined, spread: undefined, input: true });
  void ask(5, input);
  assert.equal(told().input, true, 'of several it has the last one');
});

test('after a refusal the input comes again; what is out of step or too long goes over HTTP', async () => {
  const { ask, sent, socket, refuse, told, input } = dragging();
  await ask(0);
  await ask(1);
  socket.onopen();
  const [first, second] = [ask(2), ask(3)];
  refuse(1, 422);
  refuse(2, 409);
  await assert.rejects(first, { status: 422, places: ['#/layers/2'] });
  assert.equal(await second, null);
  void ask(4);
  assert.deepEqual(told(), { number: '3', kept: undefined, spread: undefined, input: true });
  const long = { shape: [1, 1000, 1001], data: new Uint8Array(1_001_000) };
  assert.equal(await ask(5, long), null);
  assert.equal(sent.length, 3);
  void ask(6, input);
  assert.deepEqual(told(), { number: '4', kept: '3', spread: undefined, input: false });
});
