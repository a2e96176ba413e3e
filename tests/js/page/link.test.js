import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { packed, unpacked } from '../../../static/js/core/packing.js';
import { createEditor } from '../../../static/js/input/editor.js';
import { EMPTY } from '../../../static/js/input/strokes.js';
import { graphOf } from '../../../static/js/kinds/traits.js';
import { fromLink, LINKED, toLink } from '../../../static/js/page/link.js';
import { FIELDS } from '../../../static/js/page/link/fields.js';
import { INITIAL } from '../../../static/js/page/state.js';
import { generator } from '../generate.js';
import '../english.js';
import { LENET, MLP } from '../specs.js';

const HASH = '0123456789abcdef'.repeat(4);
const spec = { ...LENET, sha256: HASH };
const first = { ...INITIAL, spec, graph: graphOf(spec) };

/** What a link leaves out of the state, and why. */
const LEFT_OUT = {
  graph: 'of the network',
  spec: 'of the network',
  weights: 'of the network: only their hash is said',
  trace: 'read anew',
  inkless: 'read anew',
  unread: 'read anew',
  answers: 'asked anew',
  paths: 'asked anew',
  notes: 'made of the panel',
  spot: 'of the cue of a lesson, which is in it',
  moves: 'asked anew',
  beside: 'made of the comparison',
  compared: 'counts answers',
  pointed: 'follows the pointer',
  walking: 'follows the pointer',
  kernel: 'follows the pointer',
  theme: 'each visitor chooses it',
  unfolded: 'each visitor chooses it',
  shortcuts: 'each visitor chooses them',
  account: 'each visitor chooses, for windows as high as theirs',
  phone: 'of the window',
  kit: 'of the page',
  loaded: 'of the page',
  broken: 'of the page',
  connection: 'of the moment',
  busy: 'of the moment',
  notice: 'of the moment',
};

test('all of the state is in a link, or left out for a reason', () => {
  const left = Object.keys(LEFT_OUT);
  assert.deepEqual([...LINKED, ...left].sort(), Object.keys(INITIAL).sort());
});

/** Any state of the page, all features in turn. */
function stateOf(any, graph = first.graph) {
  const one = (...values) => values[any(values.length)];
  const drawn = () => {
    let drawing = EMPTY;
    const editor = createEditor((next) => (drawing = next));
    const point = () => [(any(30001) - 10000) / 10000, (any(30001) - 10000) / 10000];
    editor.setStrokes(
      Array.from({ length: 1 + any(3) }, () => ({
        points: Array.from({ length: 1 + any(40) }, point),
        width: (1 + any(1300)) / 10000,
        erase: any(2) === 1,
      })),
    );
    return any(3) ? drawing : { ...drawing, digit: any(5) };
  };
  const layer = one(...graph.names);
  const { channels, rows, columns } = graph.size(layer);
  const cell = { layer, channel: any(channels), row: any(rows), column: any(columns) };
  const subject = { layer: 'conv1', channel: any(graph.size('conv1').channels) };
  const panel = one(
    null,
    'help',
    'glossary',
    'map',
    'kernels',
    'layers',
    'moves',
    'compare',
    'why',
    'save',
  );
  const why = panel === 'why';
  const path = why ? one(null, any(10)) : null;
  const about = ['map', 'kernels', 'layers'].includes(panel);
  const kept = { drawing: drawn(), center: any(2) === 1, trace: null };
  const pinned = any(3) && !layer.startsWith('pool') ? cell : null;
  const at = { layer, u: any(1000) / 1000, v: any(1000) / 1000 };
  return {
    ...{ drawing: any(5) ? drawn() : EMPTY, center: any(2) === 1, brush: (4 + any(23)) / 200 },
    ...{ erase: any(2) === 1, folded: any(2) === 1, hidden: any(2) ? [] : ['pool1', 'pool2'] },
    pinned,
    play: /^(conv|pool)/.test(pinned?.layer) && any(2) ? { running: false, pace: 40 } : null,
    form: one('picture', 'words', 'formula', 'code', 'table'),
    scale: one('map', 'layer', 'network'),
    quantity: one('value', 'derivative'),
    ...{ space: any(2) === 1, relief: any(2) === 1 },
    orbit: one(null, {
      azimuth: any(359) - 180 + 1 / 3,
      elevation: -12.7,
      zoom: 1.25,
      x: 1,
      y: -7.5,
    }),
    camera: one(INITIAL.camera, { zoom: (8 + any(100)) / 7, x: NaN, y: NaN, at }),
    ...{ panel, passing: false, subject: about ? subject : null },
    asked: why ? { of: one(null, any(10)), against: one(null, any(10)) } : INITIAL.asked,
    ...{ path, muted: path !== null && any(2) === 1 },
    term: panel === 'glossary' ? one(null, 'kernel', 'field') : null,
    chance: panel === 'moves' ? one(null, any(10)) : null,
    picture: { scale: one(1, 2, 4), theme: one(null, 'light', 'dark') },
    comparison: one(null, { network: 'mlp' }, kept),
    lesson: one(null, { name: 'my-eight', cue: any(60), own: any(2) === 1 }),
  };
}

test('a link says all of any state, and the same link is made of what it says', () => {
  const any = generator(7);
  for (let i = 0; i < 300; i++) {
    const state = stateOf(any);
    const link = toLink({ ...first, ...state });
    const read = fromLink(link, first);
    assert.equal(read.said, '', link);
    assert.deepEqual(read.state, { ...read.state, ...state }, link);
    assert.equal(toLink({ ...first, ...read.state }), link);
    const now = { ...first, ...read.state };
    const again = fromLink(link, now).state;
    for (const key of LINKED) assert.equal(again[key], now[key], `${key} is kept as it is`);
  }
});

test('nothing is said of what is as at first', () => {
  assert.equal(toLink(first), '');
  assert.deepEqual(Object.keys(fromLink('', first).state).sort(), [...LINKED].sort());
});

test('a picture is carried as the image that was read', () => {
  const any = generator(3);
  for (let i = 0; i < 20; i++) {
    const pixels = Uint8Array.from({ length: 784 }, () => (any(3) ? 0 : any(256)));
    const file = new Blob(['…'], { type: 'image/png' });
    const drawing = { ...EMPTY, file, size: { width: 300, height: 200 } };
    const data = new Float32Array(32 * 32);
    pixels.forEach((ink, at) => (data[(2 + Math.floor(at / 28)) * 32 + 2 + (at % 28)] = ink / 255));
    const tensors = new Map([['input', { data }]]);
    const link = toLink({ ...first, drawing, trace: { tensors, metadata: {}, drawing } });
    const { state } = fromLink(link, first);
    assert.deepEqual(state.drawing.pixels, pixels);
    assert.equal(state.drawing.file.type, 'application/json');
    assert.equal(toLink({ ...first, ...state }), link);
    const other = { ...drawing, file: new Blob(['another']) };
    const unread = toLink({ ...first, drawing: other, trace: { tensors, metadata: {}, drawing } });
    assert.equal(unread, '', 'of a picture that is not read yet nothing is said');
  }
});

test('what does not fit is left out with a sentence, and the rest is shown', () => {
  const wrong = [
    ...['cell=conv9.0.0.0', 'cell=conv1.6.0.0', 'cell=conv1.0.0', 'cell=conv1.-1.0.0', 'cell=.'],
    ...['cell=conv1.0.0.0.0', 'cell=conv1.1e0.0.0', 'scale=none', 'quantity=toString', 'panel=map'],
    ...[
      'panel=no',
      'map=conv1',
      'map=conv1.99',
      'hidden=conv9',
      'brush=NaN',
      'brush=9',
      'class=10',
      'save=3',
      'save=2 blue',
      'play=4', // of no cell
    ],
    ...['orbit=1 2 3', 'orbit=0 0 Infinity 0 0', 'camera=conv1 0 0 NaN', 'camera=no 0 0 2'],
    ...[
      'drawing=sAA',
      'drawing=s!',
      'drawing=x',
      'drawing=p',
      'drawing=pAA',
      'kept=s',
      'with=../x',
    ],
    ...['drawing=sBAEAAAAA.x', 'centre=on', 'view=toString'],
    `hidden=${first.graph.names.join('.')}`,
  ];
  for (const part of wrong) {
    const { state, said } = fromLink(`v=1&form=words&${part}`, first);
    const [name] = part.split('=');
    assert.match(said, /^Left out of the link.*: /, part);
    assert.ok(said.includes(`${name}=`), part);
    assert.equal(state.form, 'words');
    assert.deepEqual({ ...state, form: 'picture' }, fromLink('', first).state, part);
  }
});

test('a link that is cut anywhere opens, and says so or a part of what it said', () => {
  const any = generator(11);
  for (let i = 0; i < 20; i++) {
    const link = toLink({ ...first, ...stateOf(any) });
    for (let end = 0; end < link.length; end += 1 + any(20)) {
      const { state } = fromLink(link.slice(0, end), first);
      toLink({ ...first, ...state });
      assert.deepEqual(Object.keys(state).sort(), [...LINKED].sort());
    }
  }
});

test('rubbish, too much, and what a newer page wrote give a sentence', () => {
  assert.match(fromLink('%E0%A4%A', first).said, /Left out/);
  assert.match(fromLink(`v=1&drawing=s${'A'.repeat(200_000)}`, first).said, /too long/);
  assert.match(fromLink('v=2&form=words&more=1', first).said, /newer Convlens/);
  assert.equal(fromLink('v=2&form=words', first).state.form, 'words');
  assert.match(fromLink('v=1&weights=ffffffff', first).said, /may differ/);
  assert.equal(fromLink(`v=1&weights=${HASH.slice(0, 8)}&unknown=1`, first).said, '');
});

test('to another network goes what is not about this one', () => {
  const any = generator(5);
  const mlp = { ...INITIAL, spec: { ...MLP, sha256: HASH }, graph: graphOf(MLP) };
  for (let i = 0; i < 50; i++) {
    const state = { ...first, ...stateOf(any) };
    const { state: carried, said } = fromLink(toLink(state, { carried: true }), mlp);
    assert.equal(said, '');
    assert.deepEqual(carried.drawing, state.drawing);
    assert.equal(carried.pinned, null);
  }
});

/** As it stands in a file. */
function plain(value) {
  const list = (_, one) => (one instanceof Uint8Array ? one.join(' ') : one);
  return JSON.parse(JSON.stringify(value, list));
}

test('links of this version are opened by all that follow', () => {
  const path = new URL('../../fixtures/links.json', import.meta.url);
  const fixtures = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok(fixtures.length >= 12);
  const said = new Set();
  for (const { link, state } of fixtures) {
    const read = fromLink(link, first);
    assert.equal(read.said, '', link);
    for (const [key, value] of Object.entries(state)) {
      said.add(key);
      assert.deepEqual(plain(read.state[key]), value, `${key} of ${link}`);
    }
  }
  assert.deepEqual([...said].sort(), [...LINKED].filter((key) => key !== 'passing').sort());
});

test('names and order of the fields are those of the links that are out there', () => {
  const names =
    'drawing centre brush pen activations hidden cell form scale quantity lines view relief';
  assert.deepEqual(Object.keys(FIELDS).slice(0, 13), names.split(' '));
});

test('whole numbers are packed and come back, small ones in one letter and a third', () => {
  const numbers = [0, -1, 1, 63, -64, 64, 8191, -8192, 1_000_000];
  assert.deepEqual(unpacked(packed(numbers)), numbers);
  assert.equal(packed(Array.from({ length: 90 }, (_, i) => i - 45)).length, 120);
  for (const wrong of ['gA', '____', '!']) assert.throws(() => unpacked(wrong), wrong);
});

test('whoever draws, points and widths come onto the grid', () => {
  let drawing = EMPTY;
  const editor = createEditor((next) => (drawing = next));
  editor.begin({ points: [[0.12345, 0.98765]], width: 0.1119, erase: false }, 1);
  editor.extend([[0.500249, -0.0001]], 2);
  const [stroke] = drawing.strokes;
  assert.deepEqual(stroke, {
    points: [
      [0.1235, 0.9875],
      [0.5, 0],
    ],
    width: 0.112,
    erase: false,
  });
  editor.setStrokes([{ points: [[1 / 3, 2 / 3]], width: 0.00001, erase: true }]);
  assert.deepEqual(drawing.strokes[0], { points: [[0.3335, 0.6665]], width: 0.0005, erase: true });
});
