// What matters of a number, read off its sentences: each number, count and superlative is what plain
// loops find, for hundreds of cells of every kind; with ties, zeros, single terms, padding.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { understood } from '../../../static/js/kinds/traits.js';
import { layout } from '../../../static/js/scene/layout.js';
import { gist } from '../../../static/js/scene/receipt/forms.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { generator, madeUp } from '../generate.js';
import { LENET, LENET5, network } from '../specs.js';
import { networks, read, recomputed, someCells, tapsOf, valueOf } from './witness.js';

const NUMBER = '−?\\d[\\d\u202f]*(?:\\.\\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?';
const MOST = 45; // words of a paragraph
const ENOUGH = 500; // cells of each kind

/** Networks with weights of −1, 0 and 1 and inputs of 0 and 1: full of ties and zeros. */
function* coarse() {
  for (let seed = 1; seed <= 16; seed++)
    for (const spec of seed <= 3 ? [LENET5, MIXED, SOLE] : [MIXED, SOLE]) {
      const graph = createGraph(spec);
      const { trace, weights } = madeUp(graph, seed);
      const any = generator(seed);
      const input = trace.get(graph.input).data;
      const few = 2 + (seed % 6);
      input.forEach((_, i) => (input[i] = seed % 5 && !any(few) ? 1 : 0)); // each fifth is blank
      for (const { data } of weights.values())
        data.forEach((_, i) => (data[i] = any(few) ? 0 : any(3) - 1));
      yield { graph, ...recomputed(graph, { trace, weights }), weights, seed };
    }
}

/** All kinds in a small network, with an addition of many. */
const MIXED = network({
  ...{ id: 'mixed', shape: [1, 9, 9], border: 1 },
  layers: [
    { name: 'conv', kind: 'conv', channels: 3, kernel: 3, padding: 1 },
    { name: 'bent', kind: 'relu' },
    { name: 'most', kind: 'pool', mode: 'max', kernel: 3, stride: 2, padding: 1 },
    {
      name: 'mean',
      kind: 'pool',
      mode: 'average',
      kernel: 3,
      stride: 2,
      padding: 1,
      inputs: ['bent'],
    },
    {
      name: 'total',
      kind: 'pool',
      mode: 'sum',
      kernel: 3,
      stride: 2,
      padding: 1,
      inputs: ['bent'],
    },
    {
      ...{ name: 'root', kind: 'pool', mode: 'l2', kernel: 3, stride: 2, padding: 1 },
      inputs: ['bent'],
    },
    { name: 'all', kind: 'add', inputs: ['most', 'mean', 'total', 'root', 'most', 'mean'] },
    { name: 'squeezed', kind: 'tanh' },
    { name: 'side', kind: 'concat', inputs: ['all', 'squeezed'] },
    { name: 'soft', kind: 'sigmoid' },
    { name: 'row', kind: 'flatten' },
    { name: 'units', kind: 'dense', channels: 6 },
    { name: 'curved', kind: 'sigmoid' },
    { name: 'shares', kind: 'softmax' },
  ],
});

/** Windows of one cell, one map, one unit. */
const SOLE = network({
  ...{ id: 'sole', shape: [1, 3, 3], border: 0 },
  layers: [
    { name: 'conv', kind: 'conv', channels: 1, kernel: 1, padding: 1 },
    { name: 'most', kind: 'pool', mode: 'max', kernel: 1, stride: 1 },
    { name: 'half', kind: 'pool', mode: 'average', kernel: 2, stride: 2, padding: 1 },
    { name: 'cut', kind: 'relu' },
    { name: 'row', kind: 'flatten' },
    { name: 'one', kind: 'dense', channels: 1 },
    { name: 'four', kind: 'dense', channels: 4 },
    { name: 'shares', kind: 'softmax' },
  ],
});

/** A layer that only the server knows. */
function* odd() {
  for (let seed = 1; seed <= 60; seed++) {
    const spec = {
      ...{ id: 'odd', shape: [1, 6, 6], border: 1 },
      layers: [
        { name: 'conv', kind: 'conv', channels: 2, kernel: 3 },
        { name: 'strange', kind: ['batch_norm', 'leaky', 'gelu'][seed % 3] },
      ],
    };
    const graph = createGraph(understood(network(spec)));
    yield { graph, ...madeUp(graph, seed), seed };
  }
}

/** A digit as it is read, in a border, of a scale of its own. */
const BORDERED = { ...LENET5, input: { ...LENET5.input, scaling: { scale: 1.275, offset: -0.1 } } };
const graph = createGraph(BORDERED);
const SCALED = [1, 2, 3].map((seed) => ({ graph, ...madeUp(graph, seed), seed }));

/** What is told of many cells of all of them, folded and not. */
function* told() {
  const place = { width: 1176, height: 540, dpr: 1 };
  const counts = new Map();
  for (const { graph, seed, ...made } of [...coarse(), ...odd(), ...SCALED, ...networks(48)]) {
    const layouts = [true, false].map((folded) => layout(graph, { ...place, folded }));
    for (const cell of someCells(graph, seed, 30)) {
      const kind = kindOf({ graph, cell });
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (counts.get(kind) > 600 && /conv|dense|flatten|relu/.test(kind)) continue;
      const one = receipt(graph, made, cell, layouts[seed % 2]);
      const texts = gist(one).map(({ text }) => text);
      yield { ...made, graph, cell, made: one, texts, text: texts.join(' ') };
    }
  }
}

function kindOf({ graph, cell }) {
  const { kind, mode } = graph.layer(cell.layer);
  return mode ? `${kind} ${mode}` : kind;
}

const TOLD = [...told()];
const note = ({ graph, made, text }) => `${graph.spec.id} ${made.name}: ${text}`;

/** Whether a text shows this number, rounded to its last digit. */
function shows(text, truth, slack = 0) {
  const { decimals, exponent } = read(text.replaceAll('\u202f', ''));
  const unit = Number(`1e${exponent - decimals}`);
  const shown = valueOf(text.replaceAll('\u202f', ''));
  return Math.abs(shown - truth) <= 0.5001 * unit + slack + 1e-12 * Math.abs(truth);
}

test('every kind is told in at least so many cells, in short paragraphs', () => {
  const seen = new Map();
  for (const one of TOLD) {
    const kind = kindOf(one);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    assert.ok(one.texts.length > 0, note(one));
    for (const text of one.texts) {
      assert.ok(text.split(/\s+/).length <= MOST, note(one));
      assert.match(text, /^[A-Z\d].*\.$/, note(one));
      assert.doesNotMatch(
        text,
        /undefined|NaN|null|\{|\b1 (cells|units|places)|−0\.0*\b(?!\d)/,
        note(one),
      );
    }
  }
  const kinds = [
    'input',
    'conv',
    'relu',
    'tanh',
    'sigmoid',
    'pool max',
    'pool average',
    'pool sum',
    'pool l2',
  ];
  for (const kind of [
    ...kinds,
    'subsample',
    'dense',
    'softmax',
    'add',
    'concat',
    'flatten',
    'other',
  ])
    assert.ok(seen.get(kind) >= ENOUGH, `${kind}: ${seen.get(kind)}`);
});

/** The layer whose sum it is, the activations that follow in its sentence, and its own value. */
function followed(one) {
  const { made } = one;
  let [first, after] = [made, made.after];
  while (first.diagram === 'curve' && first.origin)
    [first, after] = [first.origin, [first, ...after]];
  return { first, after };
}

test('what a cell says is its value, and what becomes of it is what its activations make of it', () => {
  const seen = new Set();
  for (const one of TOLD) {
    const { graph, trace, text } = one;
    const { first, after } = followed(one);
    if (['input', 'softmax'].includes(graph.layer(first.cell.layer).kind)) continue;
    const own = first.diagram === 'curve';
    const at = (cell) => trace.get(cell.layer).data[graph.offset(cell)];
    const [, noun, how, value, score = '', rest] = new RegExp(
      `^This (unit|cell) (says|reads) (${NUMBER})(?:, the score of (\\w+))?(.*?)\\.(?: |$)`,
    ).exec(text);
    assert.equal(noun, graph.size(first.cell.layer).unit ? 'unit' : 'cell', note(one));
    assert.equal(how, own ? 'reads' : 'says');
    assert.ok(shows(value, at(own ? first.source : first.cell)), note(one));
    const last = graph.layer(graph.output);
    const scores = last.kind === 'softmax' && last.inputs[0] === first.cell.layer && !after.length;
    const known = scores && !own && graph.classes.length === graph.count(last.name);
    assert.equal(score, known ? graph.classes[first.cell.channel] : '', note(one));
    const steps = own ? [first, ...after] : after;
    const clauses = rest.match(/, (?:and|so) .*?(?=, (?:and|so) |$)/g) ?? [];
    assert.equal(clauses.length, steps.length, note(one));
    steps.forEach(({ cell, source }, i) => {
      const clause = clauses[i];
      const [before, made] = [at(source), at(cell)];
      assert.ok(clause.includes(` ${cell.layer} `), note(one));
      if (graph.layer(cell.layer).kind === 'relu') {
        assert.equal(/lets it pass/.test(clause), before > 0, note(one));
        assert.equal(/stays silent/.test(clause), made === 0, note(one));
        assert.equal(/makes it 0/.test(clause), before < 0, note(one));
        seen.add(`relu ${Math.sign(before)}`);
      } else assert.ok(shows(/makes (\S+) of it/.exec(clause)[1], made), note(one));
    });
  }
  assert.deepEqual([...seen].sort(), ['relu -1', 'relu 0', 'relu 1']);
});

/** What each place gave, by plain loops, and what it is called: by cell, and by map where there are several. */
function termsOf(one, cell) {
  return (one.terms ??= plainTerms(one, cell)); // three tests ask
}

function plainTerms({ graph, trace, weights }, cell) {
  const layer = graph.layer(cell.layer);
  const data = layer.inputs.map((name) => trace.get(name).data);
  const weight = weights.get(`${layer.name}.weight`)?.data;
  const nameOf = (at) => {
    const { unit, channels } = graph.size(at.layer);
    if (unit) return `unit ${at.channel}`;
    const place = `row ${at.row}, column ${at.column}`;
    return channels === 1 ? place : `map ${at.channel}, ${place}`;
  };
  if (layer.kind === 'add')
    return layer.inputs.map((name, i) => ({
      value: data[i][graph.offset(cell)],
      name: `${name} ${nameOf({ ...cell, layer: name })}`,
    }));
  if (layer.kind === 'dense') {
    let home = layer.inputs[0];
    const passes = (name) =>
      ['flatten', 'relu', 'tanh', 'sigmoid'].includes(graph.layer(name).kind);
    if (graph.layer(home).kind === 'flatten')
      while (passes(home)) [home] = graph.layer(home).inputs;
    const count = data[0].length;
    return Array.from(data[0], (value, i) => ({
      value: value * weight[cell.channel * count + i],
      name: nameOf(graph.cellAt(home, i)),
    }));
  }
  const conv = layer.kind === 'conv';
  const taps = tapsOf(graph, layer, cell).filter(({ map }) => conv || map === cell.channel);
  return taps.map(({ map, row, column, inside, offset, weight: place }) => ({
    ...{ map, inside },
    value: inside ? data[0][offset] * (conv ? weight[place] : (weight?.[cell.channel] ?? 1)) : 0,
    name: nameOf({ layer: layer.inputs[0], channel: map, row, column }),
  }));
}

const ARGUED = new RegExp(
  `(?:The only|(Both)|All (\\d[\\d\u202f]*)|None of the (\\d[\\d\u202f]*)|(\\d[\\d\u202f]*) of (\\d[\\d\u202f]*)) (cell|unit)s? .*?` +
    `had (?:something|nothing|anything) to say(.*?)\\.(?: (\\d[\\d\u202f]*) more places? lies? in the padding and counts? as 0\\.)?`,
);
const whole = (text) => Number(text.replaceAll('\u202f', ''));
const SUMS = ['conv', 'dense', 'subsample', 'add', 'pool average', 'pool sum'];

test('who argued for and against is counted right, padding aside', () => {
  const seen = new Map();
  for (const one of TOLD) {
    const { first } = followed(one);
    if (!SUMS.includes(kindOf({ ...one, cell: first.cell }))) continue;
    const terms = termsOf(one, first.cell);
    const inside = terms.filter((term) => term.inside !== false);
    const above = terms.filter(({ value }) => value > 0).length;
    const below = terms.filter(({ value }) => value < 0).length;
    if (!inside.length) {
      assert.match(
        one.text,
        /All of its window lies in the padding: nobody had anything/,
        note(one),
      );
      seen.set('padding', true);
      continue;
    }
    const [, both, all, none, some, of, noun, sides, padding = '0'] = ARGUED.exec(one.text);
    assert.equal(whole(of ?? all ?? none ?? (both ? '2' : '1')), inside.length, note(one));
    const spoke = some ?? all ?? (none ? '0' : both ? '2' : /nothing/.test(one.text) ? '0' : '1');
    assert.equal(whole(spoke), above + below, note(one));
    const [, plus, minus] = /^; (\S+) argued for, (\S+) against$/.exec(sides) ?? [];
    if (plus) assert.deepEqual([whole(plus), whole(minus)], [above, below], note(one));
    else if (above + below) {
      assert.ok(!above || !below, note(one));
      assert.match(sides, above ? /argued for$/ : /argued against$/, note(one));
      assert.match(sides, [/ it /, / both /][above + below - 1] ?? / all of them /, note(one));
    } else assert.equal(sides, '');
    assert.equal(whole(padding), terms.length - inside.length, note(one));
    assert.match(noun, /cell|unit/);
    seen.set(`${Math.min(3, above)} ${Math.min(3, below)}`, true);
  }
  for (const key of ['0 0', '1 0', '0 1', '2 0', '3 3', 'padding']) assert.ok(seen.has(key), key);
});

test('the loudest are the loudest, with what they gave; where too many are equal, it says how many', () => {
  const seen = new Set();
  for (const one of TOLD) {
    const { first } = followed(one);
    if (!SUMS.includes(kindOf({ ...one, cell: first.cell }))) continue;
    const terms = termsOf(one, first.cell);
    const maps = [...new Set(terms.map(({ map }) => map))];
    const added = first.diagram === 'filter' && maps.length > 1;
    const unit = added && one.graph.size(first.source).unit;
    const heard = !added
      ? terms
      : maps.map((map) => ({
          name: `${unit ? 'unit' : 'map'} ${map}`,
          value: terms
            .filter((term) => term.map === map)
            .reduce((sum, { value }) => sum + value, 0),
        }));
    const [, by, forThem = '', , against = ''] =
      /(?:(Added up (\w+) by \2, l)|L)oudest (?:for: (.*?))?(?:(; )?against: (.*?))?\.(?: Its| What|$)/
        .exec(one.text)
        ?.toSpliced(2, 1) ?? [];
    if (by) assert.ok(added, note(one));
    for (const [sign, text] of [
      [1, forThem],
      [-1, against],
    ]) {
      const side = heard
        .filter(({ value }) => sign * value > 0)
        .sort((a, b) => sign * (b.value - a.value));
      if (!side.length) {
        assert.equal(text, '', note(one));
        continue;
      }
      const tied = new RegExp(`^(\\S+) (?:map|cell|unit)s, with (${NUMBER}) each$`).exec(text);
      if (tied) {
        const equal = side.filter(({ value }) => value === side[0].value);
        assert.equal(whole(tied[1]), equal.length, note(one));
        assert.ok(equal.length > 2 && shows(tied[2], side[0].value, 1e-12), note(one));
        seen.add('tied');
        continue;
      }
      const named = [...text.matchAll(new RegExp(`(?:^| and )(.*?) \\((${NUMBER})\\)`, 'g'))];
      assert.ok(named.length === 1 || named.length === 2, note(one));
      const least = Math.min(
        ...named.map(([, name]) => sign * heard.find((x) => x.name === name).value),
      );
      for (const [, name, amount] of named) {
        const { value } = heard.find((term) => term.name === name);
        assert.ok(shows(amount, value, 1e-9 * Math.abs(value)), `${name} ${value} ${note(one)}`);
      }
      // whoever is not named is not as loud
      const others = side.filter((term) => !named.some(([, name]) => name === term.name));
      assert.ok(
        others.every(({ value }) => sign * value < least * (1 + 1e-12)),
        note(one),
      );
      seen.add(`${named.length}`);
    }
  }
  assert.deepEqual([...seen].sort(), ['1', '2', 'tied']);
});

/** What this cell's bias adds; null where its layer has none. */
const biasOf = ({ weights }, { layer, channel }) =>
  weights?.get(`${layer}.bias`)?.data[channel] ?? null;

test('a bias is told as it is, and as all there is where nobody argued', () => {
  const seen = new Set();
  for (const one of TOLD) {
    const { first } = followed(one);
    const bias = biasOf(one, first.cell);
    const found = new RegExp(
      `(Its bias, which is always there, adds|What it says is its bias alone:) (${NUMBER})\\.`,
    ).exec(one.text);
    if (!bias || first.diagram === 'curve') {
      assert.equal(found, null, note(one));
      continue;
    }
    assert.ok(shows(found[2], bias), note(one));
    const alone = termsOf(one, first.cell).every(({ value }) => value === 0);
    assert.equal(/alone/.test(found[1]), alone, note(one));
    seen.add(alone);
  }
  assert.equal(seen.size, 2);
});

test('the largest of a window is named, and how many are as large', () => {
  const seen = new Set();
  for (const one of TOLD) {
    if (kindOf(one) !== 'pool max') continue;
    const taps = termsOf(one, one.cell);
    const inside = taps.filter((tap) => tap.inside);
    const most = Math.max(...inside.map(({ value }) => value));
    const ties = inside.filter(({ value }) => value === most).length;
    const winner = inside.find(({ value }) => value === most);
    const source = one.graph.layer(one.cell.layer).inputs[0];
    const words =
      inside.length === 1
        ? 'There is only one cell in its window: '
        : ties === 1
          ? `It is the largest of the ${inside.length} cells in its window: `
          : `${[, , 'Both'][ties === inside.length ? ties : 0] ?? (ties === inside.length ? `All ${ties}` : `${ties} of the ${inside.length}`)} cells in its window are equally large; the first is taken: `;
    assert.ok(one.text.includes(`${words}${winner.name} of ${source}.`), note(one));
    const [, padding = '0'] = /(\d+) more places? lies? in the padding/.exec(one.text) ?? [];
    assert.equal(Number(padding), taps.length - inside.length, note(one));
    seen.add(Math.min(ties, 3)).add(`${inside.length === 1}`);
  }
  assert.deepEqual([...seen].map(String).sort(), ['1', '2', '3', 'false', 'true']);
});

test('means and sums say of how many places they are', () => {
  for (const one of TOLD) {
    const { kind, mode, kernel } = one.graph.layer(one.cell.layer);
    if (kind !== 'pool' || mode === 'max') continue;
    if (mode === 'l2') {
      const [, places = 'one'] = /sum of the (\S+) squares of its window:/.exec(one.text) ?? [];
      const area = kernel[0] * kernel[1];
      assert.equal(places, area === 1 ? 'one' : String(area), note(one));
      if (area === 1) assert.match(one.text, /has one place: it is what stands there/);
      continue;
    }
    const [, what, places, divisor] =
      /the (mean|sum) of the (\S+) places? of its window(?:: their sum, divided by (\d+))?\./.exec(
        one.text,
      );
    assert.equal(what, mode === 'sum' ? 'sum' : 'mean');
    const area = kernel[0] * kernel[1];
    assert.equal(places, area === 1 ? 'one' : String(area), note(one));
    assert.equal(divisor, mode === 'average' && area > 1 ? String(area) : undefined, note(one));
  }
});

/** Whether "12.3 %", "> 99.9 %" or "1.2×10⁻⁵" is true of a share. */
function says(text, share) {
  const [shown] = new RegExp(NUMBER).exec(text);
  if (/[<>]/.test(text)) return 100 * share > valueOf(shown) === text.startsWith('>');
  return shows(shown, text.includes('%') ? 100 * share : share, 1e-6);
}

test('a share, its score, the highest score and what a point of score would make of it', () => {
  const seen = new Set();
  const shareOf = (scores, unit) => {
    const most = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - most));
    return powers[unit] / powers.reduce((a, b) => a + b);
  };
  for (const one of TOLD) {
    if (kindOf(one) !== 'softmax') continue;
    const { graph, trace, cell, text } = one;
    const scores = [...trace.get(graph.layer(cell.layer).inputs[0]).data];
    const own = scores[cell.channel];
    const most = Math.max(...scores);
    const ties = scores.filter((score) => score === most).length;
    const name = (unit) =>
      graph.classes.length === scores.length ? graph.classes[unit] : `unit ${unit}`;
    const [, share, who, score, rest, more, less] = new RegExp(
      `^A share of (.*?) goes to (.*?)\\. Its score, (${NUMBER}), is (.*)\\. One point more of score would make its share (.*?), one point less (.*?)\\.$`,
    ).exec(text);
    assert.ok(says(share, trace.get(cell.layer).data[cell.channel]), note(one));
    assert.equal(who, name(cell.channel), note(one));
    assert.ok(shows(score, own), note(one));
    const behind = new RegExp(`^(${NUMBER}) below the highest`).exec(rest);
    assert.equal(behind !== null, own < most, note(one));
    if (behind) assert.ok(shows(behind[1], most - own, 1e-6), note(one));
    const equal = ties === scores.length ? `all ${ties} are` : `${ties} are`;
    if (ties > 1) assert.ok(rest.endsWith(`the highest: ${equal} equally high`), note(one));
    else if (behind) assert.ok(rest.endsWith(`, that of ${name(scores.indexOf(most))}`), note(one));
    else assert.equal(rest, `the highest of all ${scores.length}`, note(one));
    for (const [said, delta] of [
      [more, 1],
      [less, -1],
    ]) {
      const changed = scores.map((one, i) => (i === cell.channel ? one + delta : one));
      assert.ok(says(said, shareOf(changed, cell.channel)), `${said} ${note(one)}`);
    }
    seen.add(`${own < most} ${ties > 1}`);
  }
  assert.deepEqual([...seen].sort(), ['false false', 'false true', 'true false', 'true true']);
});

test('a pixel says its ink and its place, the border that it is paper', () => {
  const seen = new Set();
  for (const one of TOLD) {
    const { graph, trace, cell, text } = one;
    if (cell.layer !== graph.input) continue;
    const { border, scaling } = graph.spec.input;
    const { rows, columns } = graph.size(cell.layer);
    const value = trace.get(cell.layer).data[graph.offset(cell)];
    const [row, column] = [cell.row - border, cell.column - border];
    const [high, wide] = [rows - 2 * border, columns - 2 * border];
    const [, read_] = new RegExp(`the network reads that as (${NUMBER})\\.`).exec(text);
    assert.ok(shows(read_, value), note(one));
    if (row < 0 || column < 0 || row >= high || column >= wide) {
      assert.ok(
        text.startsWith(
          `This cell lies in the border of ${border === 1 ? 'one cell' : `${border} cells`} `,
        ),
      );
      seen.add('border');
      continue;
    }
    const place = `It is row ${row}, column ${column} of the ${high} × ${wide} pixels that the drawing became.`;
    assert.ok(text.endsWith(place), note(one));
    const ink = (value - scaling.offset) / scaling.scale;
    const [, what] = /^This pixel is (paper|full ink|.*? ink), and/.exec(text);
    if (what === 'paper') assert.ok(ink < 1e-6, note(one));
    else if (what === 'full ink') assert.ok(ink > 1 - 1e-6, note(one));
    else assert.ok(says(what, ink), note(one));
    seen.add(/full|paper/.test(what) ? what : 'ink');
  }
  for (const key of ['border', 'paper', 'full ink', 'ink']) assert.ok(seen.has(key), key);
});

test('what is passed on says from where; what only the server knows says that', () => {
  for (const one of TOLD) {
    const { graph, trace, cell, text } = one;
    const { kind, called } = graph.layer(cell.layer);
    if (kind === 'other') {
      assert.ok(
        text.endsWith(`How, only the server knows: this page does not know the kind “${called}”.`),
      );
      continue;
    }
    if (kind !== 'flatten' && kind !== 'concat') continue;
    const [, layer, channel, row = '0', column = '0'] =
      /; this is (\w+) (?:(?:map|unit) (\d+))?(?:, )?(?:row (\d+), column (\d+))?\.$/.exec(text);
    const from = { layer, channel: Number(channel ?? 0), row: Number(row), column: Number(column) };
    const offset = graph.offset(from);
    assert.ok(graph.valid(from), note(one));
    let [start, found] = [0, false];
    for (const name of graph.layer(cell.layer).inputs) {
      if (name === layer) found ||= start + offset === graph.offset(cell);
      start += graph.count(name);
    }
    assert.ok(found, note(one));
    assert.equal(trace.get(layer).data[offset], trace.get(cell.layer).data[graph.offset(cell)]);
  }
});

test('before the weights are here, it says that they are still loading', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph, 1);
  const cell = { layer: 'fc1', channel: 3, row: 0, column: 0 };
  const [{ text }] = gist(receipt(graph, { trace, weights: null }, cell));
  assert.match(text, /^This unit says \S+\. Its 400 weights are still loading\./);
});
