import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { furthest, held } from '../../static/js/scene/camera.js';
import { layout } from '../../static/js/scene/layout.js';
import { rectOf } from '../../static/js/scene/pick.js';
import { stillItems } from '../../static/js/scene/still.js';
import { numberRects, struckWords } from '../../static/js/scene/words.js';
import { zoomed } from '../../static/js/scene/zoom.js';
import { madeUp } from './generate.js';
import { valueOf } from '../../static/js/scene/quantities/scale.js';
import { overlayItems } from './marked.js';
import { GRAPH, LENET, LENET5 } from './specs.js';

const PHONE = { width: 390, height: 667, dpr: 2, folded: true };
const DESK = { width: 1176, height: 540, dpr: 1, folded: true };

/** Many points of a curve, with half its width. */
function pointsOf({ from, control1, control2, to }) {
  return Array.from({ length: 201 }, (_, i) => {
    const t = i / 200;
    const s = 1 - t;
    return [0, 1].map(
      (k) =>
        s ** 3 * from[k] +
        3 * s * s * t * control1[k] +
        3 * s * t * t * control2[k] +
        t ** 3 * to[k],
    );
  });
}
const holds = ({ x, y, width, height }, [px, py]) =>
  px > x && px < x + width && py > y && py < y + height;

/** Every text that a curve runs through is among those that lines pass behind. */
function holdsFor(graph, made, view, cell, pinned) {
  const still = stillItems(made, graph);
  const overlay = overlayItems(made, graph, view, cell, pinned);
  const left = struckWords(made, still, overlay, valueOf(graph, view));
  const texts = still
    .filter(({ kind, text }) => kind === 'text' && text)
    .map(({ text, x, y, align, baseline, font }) => {
      const width = made.measure(text, font) * made.text;
      const share = { left: 0, center: 0.5, right: 1 }[align];
      const middle = baseline === 'middle' ? y : y - 4;
      return { x: x - width * share, y: middle - 5, width, height: 10 };
    });
  const words = [...texts, ...(made.sight ? numberRects(made, view.trace) : [])];
  let struck = 0;
  for (const curve of overlay.filter(({ kind }) => kind === 'curve'))
    for (const point of pointsOf(curve))
      for (const word of words.filter((rect) => holds(rect, point))) {
        struck += 1;
        assert.ok(
          left.some((rect) => holds(rect, point)),
          `${JSON.stringify(cell)}: ${JSON.stringify(word)}`,
        );
      }
  return struck;
}

for (const spec of [LENET, LENET5, GRAPH])
  test(`${spec.id}: no curve strikes through a caption, whatever is pointed at`, () => {
    const graph = createGraph(spec);
    const view = { ...madeUp(graph), scale: 'layer' };
    let struck = 0;
    for (const stage of [PHONE, DESK]) {
      const made = layout(graph, stage);
      for (const { layer } of made.boxes) {
        const cell = graph.cellAt(layer, graph.count(layer) >> 1);
        struck += holdsFor(graph, made, view, cell, cell);
      }
    }
    assert.ok(struck > 0, 'curves do run over captions where layers are stacked');
  });

/** The picture as it is seen around a cell. */
function near(graph, stage, cell, share) {
  const fitted = layout(graph, stage);
  const rect = rectOf(fitted, cell);
  const zoom = 1 + (furthest(fitted) - 1) * share;
  const camera = held(
    fitted,
    {
      zoom,
      x: stage.width / 2 - (rect.x + rect.width / 2) * zoom,
      y: stage.height / 2 - (rect.y + rect.height / 2) * zoom,
    },
    stage,
  );
  return zoomed(fitted, camera, stage);
}

test('zoomed in, curves pass behind the numbers in cells', () => {
  const graph = createGraph(LENET);
  const view = { ...madeUp(graph), scale: 'layer' };
  let struck = 0;
  for (const stage of [PHONE, DESK])
    for (const [layer, channel] of [
      ['conv1', 1],
      ['pool1', 4],
      ['conv2', 9],
    ]) {
      const cell = { layer, channel, row: 4, column: 4 };
      struck += holdsFor(graph, near(graph, stage, cell, 0.9), view, cell, null);
    }
  assert.ok(struck > 0);
});

test('zoomed in, each row and column in sight can be counted at the edge of its map', () => {
  const graph = createGraph(LENET);
  for (const stage of [PHONE, DESK, { ...DESK, text: 1.25 }])
    for (const layer of ['input', 'conv1', 'pool1', 'conv2'])
      for (const share of [0.4, 0.7, 1]) {
        const cell = { layer, channel: 0, row: 3, column: 5 };
        const made = near(graph, stage, cell, share);
        const box = made.box(layer);
        const rulers = made.rulers.filter((item) => item.layer === layer);
        if (box.cell < 14 * made.text) continue;
        const note = `${layer} ${share} ${JSON.stringify(stage)}`;
        const columns = rulers.filter(({ align }) => align === 'center');
        const rows = rulers.filter(({ align }) => align === 'right');
        assert.ok(columns.length > 1 && rows.length > 1, note);
        for (const { text, x, y } of columns) {
          // the column's own middle, above every cell of it that is seen
          const own = [...box.x].some(
            (left) => Math.abs(left + (Number(text) + 0.5) * box.cell - x) < 0.01,
          );
          assert.ok(own, `${note}: ${text} at ${x}`);
          assert.ok(y <= Math.max(box.rect.y, made.sight.y) && y > 0, note);
        }
        for (const { text, x, y } of rows) {
          const middle = y - 4 * made.text;
          const own = [...box.y].some(
            (top) => Math.abs(top + (Number(text) + 0.5) * box.cell - middle) < 0.01,
          );
          assert.ok(own, `${note}: ${text} at ${y}`);
          assert.ok(x <= Math.max(box.rect.x, made.sight.x) && x > 0, note);
        }
      }
});

test('the fitted picture has no rulers', () => {
  assert.equal(layout(createGraph(LENET), DESK).rulers, undefined);
});
