import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { createColours } from '../../static/js/render/brush.js';
import { inkOn } from '../../static/js/render/luminance.js';
import { held } from '../../static/js/scene/camera.js';
import { layout } from '../../static/js/scene/layout.js';
import { cellText, figuresBy, numbersOf, sizeIn } from '../../static/js/scene/numbers.js';
import { rectOf } from '../../static/js/scene/pick.js';
import { meet } from '../../static/js/scene/metrics.js';
import { zoomed } from '../../static/js/scene/zoom.js';
import { cellsOf, madeUp } from './generate.js';
import { GRAPH, LENET } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const PHONE = { width: 390, height: 667, dpr: 2, folded: true };
const WIDTHS = { digit: 7, minus: 7, point: 4 };

/** What is written, read by rules of its own: the value, and half a unit of its last digit. */
function read(text) {
  const found = /^(−?)(\d*)(?:\.(\d+))?(?:e(−?\d+))?$/.exec(text);
  assert.ok(found, `${text} is no number`);
  const [, sign, whole, part = '', power = '0'] = found;
  const unit = 10 ** (Number(power.replace('−', '-')) - part.length);
  return { value: (sign ? -1 : 1) * Number(whole + part) * unit, half: unit / 2 };
}

const says = (text, value) =>
  Math.abs(read(text).value - value) <= read(text).half * (1 + 1e-9) + 1e-12;

test('exactly the cells in sight that are large enough hold a number, and it is their value', () => {
  for (const spec of [LENET, GRAPH])
    for (const stage of [DESK, PHONE])
      for (const zoom of [2, 5, 8, 14]) {
        const graph = createGraph(spec);
        const fitted = layout(graph, stage);
        const camera = held(fitted, { zoom, x: -250 * zoom, y: -180 * zoom }, stage);
        const made = zoomed(fitted, camera, stage);
        const { trace } = madeUp(graph);
        const found = numbersOf(made, trace);
        const written = new Map(found.map(({ text, ...cell }) => [JSON.stringify(cell), text]));
        assert.equal(written.size, found.length, 'no cell twice');
        for (const box of made.boxes)
          for (const cell of cellsOf(graph, box.layer)) {
            const rect = rectOf(made, cell);
            const large = box.look !== 'bars' && box.cell >= 28 && sizeIn(made, box) > 0;
            const text = written.get(JSON.stringify(cell));
            if (!rect || !large || !meet(rect, made.sight)) {
              assert.equal(text, undefined);
              continue;
            }
            const value = trace.get(box.layer).data[graph.offset(cell)];
            if (text === '≈\u202f0') assert.ok(Math.abs(value) < 0.05 && value !== 0);
            else assert.ok(says(text, value), `${text} is not ${value}`);
            assert.equal(text === '0', value === 0, 'a bare 0 is exactly zero');
          }
      }
});

test('the fitted picture holds no numbers, whatever the size of its cells', () => {
  const graph = createGraph(LENET);
  assert.deepEqual(numbersOf(layout(graph, { ...DESK, width: 3000 }), madeUp(graph).trace), []);
});

test('digits are at least 12 px large, and a number fits its cell', () => {
  const graph = createGraph(LENET);
  const fitted = layout(graph, DESK);
  for (let zoom = 2; zoom < 16; zoom += 0.5) {
    const made = zoomed(fitted, held(fitted, { zoom, x: -900, y: -400 }, DESK), DESK);
    for (const box of made.boxes) {
      const size = sizeIn(made, box);
      assert.ok(size === 0 || (size >= 12 && size <= 20 && box.cell >= 28), `${size}`);
      if (box.look !== 'bars' && box.cell >= 32) assert.ok(size > 0, `${box.layer} at ${box.cell}`);
    }
    for (const { layer, text } of numbersOf(made, madeUp(graph).trace)) {
      const box = made.box(layer);
      const width = (made.measure(text, 'legend') * sizeIn(made, box)) / 12;
      assert.ok(width < box.cell, `${text} in ${box.cell}`);
    }
  }
});

test('as many digits as fit, three at most; then an order of magnitude; then nothing', () => {
  const text = (value, room) => cellText(value, room, WIDTHS);
  assert.equal(text(-1.23456, 100), '−1.235');
  assert.equal(text(-1.23456, 32), '−1.23');
  assert.equal(text(-1.23456, 25), '−1.2');
  assert.equal(text(9.996, 25), '10.0', 'rounding may take a place');
  assert.equal(text(9.996, 24), '10');
  assert.equal(text(-0.0004, 100), '−4e−4', 'only 0 is 0');
  assert.equal(text(-0.04, 32), '−0.04');
  assert.equal(text(-0.04, 25), '−.04');
  assert.equal(text(-0.04, 22), '≈\u202f0');
  assert.equal(text(0, 100), '0');
  assert.equal(text(123456, 42), '123456');
  assert.equal(text(123456, 28), '1e5');
  assert.equal(text(-987654, 28), '−1e6');
  assert.equal(text(-123456, 20), '');
});

test('a cell of a panel that holds numbers at all tells hundredths, whatever the sign', () => {
  const width = (text) => [...text].reduce((sum, one) => sum + (/[.,]/.test(one) ? 3.3 : 6.7), 0);
  const figure = figuresBy(width);
  const told = (cell) => [-0.048, 0.06, -0.0012, 0, -1.234].map((value) => figure(value, cell));
  assert.deepEqual(told(27), ['', '', '', '', '']);
  assert.deepEqual(told(29), ['−.05', '0.06', '≈\u202f0', '0', '−1.2']);
  assert.deepEqual(told(34), ['−0.05', '0.060', '−.001', '0', '−1.23']);
  for (let cell = 28; cell <= 72; cell++)
    for (const value of [-0.048, 0.06, 0.005, -0.0051]) {
      const text = figure(value, cell);
      assert.ok(says(text, value) && width(text) < cell, `${text} in ${cell} px`);
    }
});

const css = readFileSync(new URL('../../static/css/tokens.css', import.meta.url), 'utf8');

/** The colours of a theme as theme.js reads them, from the style sheet itself. */
function coloursOf(name) {
  const block = css.split(`[data-theme='${name}'] {`)[1].split('}')[0];
  const value = (token) => block.match(new RegExp(`--${token}: (#[0-9a-f]+);`))[1];
  const arm = (prefix, count) => Array.from({ length: count }, (_, i) => value(`${prefix}-${i}`));
  const tokens = { bg: value('bg') };
  return createColours({ pos: arm('pos', 9), neg: arm('neg', 9), image: arm('image', 2), tokens });
}

/** WCAG 2.2, by its own words. */
function contrast(packed, ink) {
  const parts = [packed & 255, (packed >> 8) & 255, (packed >> 16) & 255].map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  return ink === '#000' ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05);
}

for (const name of ['dark', 'light'])
  test(`${name}: a number on any step of any scale has a contrast of 4.5 at least`, () => {
    const { diverging, image } = coloursOf(name);
    for (const packed of [...diverging, ...image])
      assert.ok(contrast(packed, inkOn(packed)) >= 4.5, packed.toString(16));
  });
