import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import {
  FIT,
  anchorAt,
  between,
  centredOn,
  furthest,
  held,
  moved,
  showing,
  sightOf,
  zoomedAbout,
} from '../../static/js/scene/camera.js';
import { layout } from '../../static/js/scene/layout.js';
import { pick, rectOf, tileRect } from '../../static/js/scene/pick.js';
import { inSight, meet, middleOf } from '../../static/js/scene/metrics.js';
import { stillItems } from '../../static/js/scene/still.js';
import { zoomed } from '../../static/js/scene/zoom.js';
import { cellsOf, generator } from './generate.js';
import { GRAPH, LENET, LENET5, MLP } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const PHONE = { width: 390, height: 667, dpr: 2, folded: true };
const STAGES = [DESK, { ...DESK, folded: false, dpr: 1.25 }, PHONE];
const roomOf = ({ width, height }) => ({ width, height });
const close = (a, b, note) => assert.ok(Math.abs(a - b) < 1e-6, `${note}: ${a} is not ${b}`);

/** Pictures of several networks on several stages, each through cameras anywhere. */
function* pictures() {
  for (const spec of [LENET, MLP, LENET5, GRAPH])
    for (const [at, stage] of STAGES.entries()) {
      const graph = createGraph(spec);
      const fitted = layout(graph, stage);
      const any = generator(at + 1);
      for (let i = 0; i < 4; i++) {
        const zoom = 1.01 + ((furthest(fitted) - 1.01) * i) / 3;
        const wanted = { zoom, x: -any(3000) * zoom, y: -any(2000) * zoom };
        const camera = held(fitted, wanted, roomOf(stage));
        const made = zoomed(fitted, camera, roomOf(stage));
        yield { graph, fitted, camera, made, note: `${spec.id} ${stage.width} × ${zoom}` };
      }
    }
}

test('at any zoom cells are squares of whole device pixels, and no tile lies on another', () => {
  for (const { made, fitted, camera, note } of pictures()) {
    const whole = (value) => close(value * made.dpr, Math.round(value * made.dpr), note);
    for (const box of made.boxes) {
      box.x.forEach(whole);
      box.y.forEach(whole);
      if (box.look === 'bars') continue;
      whole(box.cell);
      const ideal = fitted.box(box.layer).cell * camera.zoom;
      assert.ok(box.cell <= ideal + 1e-6 && box.cell > ideal - 1 / made.dpr - 1e-6, note);
      for (let i = 1; i < box.channels.length; i++)
        assert.ok(!meet(tileRect(made, box, i - 1), tileRect(made, box, i)), note);
    }
    for (const [i, a] of made.boxes.entries())
      for (const b of made.boxes.slice(i + 1)) assert.ok(!meet(a.rect, b.rect), note);
  }
});

test('picking in the enlarged picture gives the cell whose rect it is', () => {
  for (const { graph, made } of pictures())
    for (const { layer } of made.boxes)
      for (const [i, cell] of [...cellsOf(graph, layer)].entries()) {
        const rect = i % 97 === 0 && rectOf(made, cell);
        if (!rect) continue;
        const [x, y] = middleOf(rect);
        assert.deepEqual(pick(made, x, y), cell);
        assert.deepEqual(pick(made, rect.x + 1e-6, rect.y + 1e-6), cell);
      }
});

test('captions and legends in sight keep their size, off the cells and off each other', () => {
  for (const { graph, made, note } of pictures()) {
    const { sight, extent } = made;
    const shown = made.boxes.filter(({ rect }) => meet(rect, sight));
    const tiles = shown
      .flatMap((box) => Array.from(box.channels, (_, i) => tileRect(made, box, i)))
      .filter((tile) => meet(tile, sight));
    for (const box of shown) {
      for (const text of [box.caption, box.legend]) {
        if (!text) continue;
        for (const tile of tiles) {
          const over = meet(text, tile) && meet(text, sight);
          assert.ok(!over || tile.y + 1 > text.y + text.height, `${note} ${box.layer}`);
        }
        assert.ok(text.y >= 0 && text.y + text.height <= extent.height + 1, `${note} ${box.layer}`);
      }
    }
    const captions = shown.filter(({ lanes }) => lanes === 1).map(({ caption }) => caption);
    for (const [i, a] of captions.entries())
      for (const b of captions.slice(i + 1)) assert.ok(!meet(a, b), note);
    const gone = new Set(made.boxes.filter((box) => !shown.includes(box)).map((box) => box.layer));
    for (const item of stillItems(made, graph)) {
      if (item.kind === 'legend')
        assert.ok(!gone.has(item.layer), `${note}: ${item.layer} is away`);
      if (item.kind !== 'text' || item.baseline === 'middle' || !gone.has(item.layer)) continue;
      assert.ok(item.y < 0, `${note}: the caption of ${item.layer} stays`);
    }
  }
});

test('zooming about a point leaves what is under it there', () => {
  const camera = zoomedAbout({ zoom: 2, x: -300, y: -40 }, 5, [500, 300]);
  const world = (place, pan, zoom) => (place - pan) / zoom;
  close(world(500, camera.x, 5), world(500, -300, 2), 'x');
  close(world(300, camera.y, 5), world(300, -40, 2), 'y');
});

test('the camera never leaves the picture, and never goes nearer than cells of 64 px', () => {
  const fitted = layout(createGraph(LENET), DESK);
  const room = roomOf(DESK);
  const far = held(fitted, { zoom: 1000, x: 1e6, y: 1e6 }, room);
  const cells = zoomed(fitted, far, room).boxes.flatMap((box) =>
    box.look === 'bars' ? [] : [box.cell],
  );
  assert.equal(Math.min(...cells), 64);
  const sight = sightOf(fitted, room);
  assert.deepEqual([far.x, far.y <= sight.y], [0, true], 'its left edge stays at the left');
  const other = held(fitted, { zoom: 4, x: -1e6, y: -1e6 }, room);
  assert.equal(other.x, 1176 - 4 * 1176, 'its right edge at the right');
  assert.equal(held(fitted, { zoom: 0.3, x: 70, y: -9 }, room), FIT);
  assert.equal(held(fitted, { zoom: 1, x: 70, y: -9 }, room), FIT);
});

test('a camera that has hardly moved shows what the fitted picture shows', () => {
  for (const stage of STAGES) {
    const fitted = layout(createGraph(LENET), stage);
    const made = zoomed(fitted, { zoom: 1, x: 0, y: 0 }, roomOf(stage));
    for (const { layer, rect, x, y, caption, legend } of fitted.boxes) {
      const box = made.box(layer);
      x.forEach((place, i) => close(box.x[i], place, layer));
      y.forEach((place, i) => close(box.y[i], place, layer));
      for (const key of ['x', 'y', 'width', 'height']) {
        close(box.rect[key], rect[key], layer);
        if (legend) assert.ok(Math.abs(box.legend[key] - legend[key]) <= 0.5, layer);
      }
      const line = stage === PHONE ? caption.height - box.caption.height : 0;
      close(box.caption.y, caption.y + line, layer);
    }
    const { x, y } = held(fitted, { zoom: 1.01, x: 0, y: 0 }, roomOf(stage));
    assert.ok(Math.abs(x) <= 1 && Math.abs(y) <= 1, 'nothing jumps');
  }
});

test('a rect is brought into sight by the least movement, and one in sight by none', () => {
  const sight = { x: 0, y: 66, width: 1000, height: 400 };
  const camera = { zoom: 3, x: -10, y: -20 };
  const rect = { x: 1100, y: 100, width: 30, height: 30 };
  const shown = showing(camera, rect, sight);
  assert.deepEqual([shown.x, shown.y], [-10 - 154, -20]);
  assert.ok(inSight({ ...rect, x: rect.x - 154 }, sight));
  assert.deepEqual(showing(camera, { ...rect, x: 500 }, sight), camera);
  const above = showing(camera, { ...rect, x: 500, y: 0 }, sight);
  assert.deepEqual([above.x, above.y], [-10, -20 + 90]);
});

test('a glide begins and ends where it should, and keeps the point that both ends share', () => {
  const from = { zoom: 1, x: 0, y: 0 };
  const to = zoomedAbout(from, 6, [700, 200]);
  assert.deepEqual(between(from, to, 0), from);
  const end = between(from, to, 1);
  for (const key of ['zoom', 'x', 'y']) close(end[key], to[key], key);
  const half = between(from, to, 0.5);
  close(700 * half.zoom + half.x, 700, 'x');
  close(200 * half.zoom + half.y, 200, 'y');
  const aside = between(to, moved(to, 50, 0), 0.5);
  close(aside.x, to.x + 25, 'moving without zooming');
});

test('a point of a layer stays in the middle when the stage changes and layers fold', () => {
  const graph = createGraph(LENET);
  const shown = layout(graph, { ...DESK, folded: false });
  const relu = shown.box('relu2').rect;
  const anchor = anchorAt(shown, [relu.x + 0.25 * relu.width, relu.y + 0.75 * relu.height]);
  assert.deepEqual(anchor, { layer: 'relu2', u: 0.25, v: 0.75 });
  const stage = { ...DESK, width: 900 };
  const folded = layout(graph, stage);
  const camera = centredOn(folded, anchor, 4, roomOf(stage));
  const { rect } = folded.box('conv2');
  const [x, y] = middleOf(sightOf(folded, roomOf(stage)));
  close((rect.x + 0.25 * rect.width) * 4 + camera.x, x, 'x');
  close((rect.y + 0.75 * rect.height) * 4 + camera.y, y, 'y');
});
