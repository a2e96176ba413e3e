// What a legend writes where: no label reaches into the next legend, none stands on its bar.

import assert from 'node:assert/strict';
import test from 'node:test';
import { paintLegend } from '../../../static/js/render/legend.js';

const WIDE = 6.5;
const strips = { diverging: { width: 511 }, image: { width: 256 } };

/** A brush that keeps what it is told. */
function brushOf() {
  const [texts, bars] = [[], []];
  const left = { left: 0, center: 0.5, right: 1 };
  const brush = {
    context: { drawImage: (...args) => bars.push({ x: args[5], width: args[7] }) },
    width: (text) => WIDE * text.length,
    clear() {},
    fill() {},
    outline() {},
    text({ text, x, align }) {
      const width = WIDE * text.length;
      texts.push({ text, x: x - left[align] * width, width });
    },
  };
  return { brush, texts, bars };
}

const meets = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width;
const range = { limit: 1, image: false };

test('two long ends below a short bar become one, and stay with it', () => {
  const bar = { x: 100, y: 0, width: 58, height: 7 };
  const item = { bar, labels: 'below', baseline: 24, lowX: 100, highX: 158, image: false };
  const value = { low: -0.5, high: 1, lowText: '−0.017', highText: '0.034', zero: 0.3 };
  const { brush, texts } = brushOf();
  paintLegend(brush, strips, item, { ...value, both: '±0.034' }, range);
  assert.deepEqual(
    texts.map(({ text }) => text),
    ['±0.034'],
  );
  for (const short of [
    { lowText: '−2.0', highText: '1.5' },
    { lowText: '0', highText: '0.034' },
  ]) {
    const kept = brushOf();
    paintLegend(kept.brush, strips, item, { ...value, ...short, both: '±2.0' }, range);
    assert.deepEqual(
      kept.texts.slice(0, 2).map(({ text }) => text),
      [short.lowText, short.highText],
    );
    for (const { x, width } of kept.texts) assert.ok(x >= 95 && x + width <= 163);
  }
});

test('beside a bar a long end takes from the bar and never stands on it', () => {
  const bar = { x: 241, y: 0, width: 60, height: 7 };
  const item = { bar, labels: 'beside', baseline: 8, lowX: 236, highX: 335, image: false };
  for (const highText of ['0.26', '12.6', '2×10⁻⁹', '−4×10⁻¹⁰']) {
    const { brush, texts, bars } = brushOf();
    const value = { low: -1, high: 1, lowText: '−4×10⁻¹⁰', highText, zero: 0.5 };
    paintLegend(brush, strips, item, value, range);
    assert.equal(texts.length, 2);
    for (const text of texts) assert.ok(!meets(text, bars[0]), `${text.text} stands on the bar`);
  }
});
