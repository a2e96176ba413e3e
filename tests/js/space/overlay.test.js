import assert from 'node:assert/strict';
import test from 'node:test';
import { valueOf, ranges } from '../../../static/js/scene/quantities/scale.js';
import { barsOf } from '../../../static/js/scene/still.js';
import { placeLabels } from '../../../static/js/scene/space/beside.js';
import { blocksFor } from '../../../static/js/scene/space/labels.js';
import { unitNames } from '../../../static/js/scene/space/names.js';
import { boundsOf, indexIn } from '../../../static/js/scene/space/place.js';
import { filled } from '../../../static/js/scene/playing.js';
import { cellValues } from '../../../static/js/scene/space/values.js';
import { createColours, pixel } from '../../../static/js/render/brush.js';
import { Motion } from '../../../static/js/stage/space/motion.js';
import { cellsOf, madeUp } from '../generate.js';
import { overlayInSpace, overlayItems } from '../marked.js';
import { GRAPH, LENET, LENET5, MLP } from '../specs.js';
import { STAND, UPRIGHT, spaceOf, tenCameras } from './made.js';

const made = spaceOf(LENET);
const view = { ...madeUp(made.graph), scale: 'layer' };
const EYE = [-3000, 300, 1800];
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });

function overlay({ graph, space, flat }, pointed, pinned, seen = view) {
  const sight = { space, graph, heights: null, eye: EYE };
  return overlayInSpace({ sight, layout: flat, view: seen, pointed, pinned, focus: null });
}

test('nothing pointed at, nothing drawn', () => {
  const { frames, lines, cone, lit } = overlay(made, null, null);
  assert.equal(frames.length + lines.through.length + lines.front.length + cone.length, 0);
  assert.equal(lit, null);
});

test('the frames in space are those of the flat picture: same roles, same layers, as many', () => {
  for (const spec of [LENET, LENET5, MLP]) {
    const one = spaceOf(spec);
    const seen = { ...madeUp(one.graph), scale: 'layer' };
    for (const { layer } of one.space.planes) {
      const { channels, rows, columns } = one.graph.size(layer);
      const cell = at(layer, channels >> 1, rows >> 1, columns >> 1);
      for (const pinned of [null, cell]) {
        const flat = overlayItems(one.flat, one.graph, seen, cell, pinned)
          .filter(({ kind }) => kind === 'frame')
          .map(({ role, layer: on }) => `${role} ${on}`);
        const space = overlay(one, cell, pinned, seen).frames.map(
          ({ role, patch }) => `${role} ${patch.layer}`,
        );
        assert.deepEqual(space.toSorted(), flat.toSorted(), `${spec.id} ${layer}`);
      }
    }
  }
});

test('any other cell than the pinned one is compared with it, be it of the same number elsewhere', () => {
  for (const spec of [LENET, LENET5, MLP]) {
    const one = spaceOf(spec);
    const { graph, flat } = one;
    const seen = { ...madeUp(graph), scale: 'layer' };
    const names = one.space.planes.flatMap(({ layer }) => (layer ? [layer] : []));
    const compared = (frames) => frames.filter(({ role }) => role === 'compare');
    for (const layer of names)
      for (const offset of [0, 7, graph.count(layer) - 1]) {
        const pinned = graph.cellAt(layer, Math.min(offset, graph.count(layer) - 1));
        for (const other of names) {
          const pointed = graph.cellAt(other, Math.min(offset, graph.count(other) - 1));
          const inSpace = compared(overlay(one, pointed, pinned, seen).frames);
          const onPaper = compared(overlayItems(flat, graph, seen, pointed, pinned));
          const said = `${spec.id}: ${layer} and ${other}, cell ${offset}`;
          assert.equal(inSpace.length, layer === other ? 0 : 1, said);
          assert.equal(onPaper.length, inSpace.length, said);
          for (const { patch } of inSpace) assert.equal(patch.layer, other, said);
        }
      }
  }
});

test('a window’s frame lies around exactly its cells, on the side that is seen', () => {
  const { frames } = overlay(made, at('conv2', 7, 7, 3), null);
  const windows = frames.filter(({ role }) => role === 'window');
  const plane = made.space.plane('pool1');
  windows.forEach(({ patch }, map) => {
    const { layer, x, ...bounds } = patch;
    assert.equal(layer, 'pool1');
    assert.equal(x, plane.x - plane.thickness);
    assert.deepEqual(bounds, boundsOf(plane, map, 7, 12, 3, 8));
  });
  assert.equal(windows.length, 6);
});

test('pinning lights the field down to the image and dims the rest; pointing dims nothing', () => {
  const cell = at('conv2', 7, 7, 3);
  assert.equal(overlay(made, cell, null).lit, null);
  const { lit } = overlay(made, null, cell);
  const is = (...place) => lit[indexIn(made.space, at(...place))] === 1;
  assert.ok(is('input', 0, 20, 10) && !is('input', 0, 2, 2));
  assert.ok(is('pool1', 3, 8, 4) && !is('pool1', 3, 0, 0));
  assert.ok(is('conv2', 7, 0, 0) && !is('conv2', 6, 7, 3));
  assert.ok(is('softmax', 4));
});

test('contributions are as strong and as signed as in the flat picture', () => {
  for (const cell of [at('conv2', 7, 7, 3), at('fc1', 33), at('pool2', 4, 1, 2), at('fc3', 3)]) {
    const flat = overlayItems(made.flat, made.graph, view, null, cell).filter(
      ({ kind }) => kind === 'curve',
    );
    const { lines } = overlay(made, null, cell);
    const { curves } = lines;
    const flatLook = flat.map(({ width, t }) => `${width.toFixed(6)} ${t < 0 ? 'neg' : 'pos'}`);
    const spaceLook = curves.map(({ width, tone }) => `${width.toFixed(6)} ${tone}`);
    assert.deepEqual(spaceLook.toSorted(), flatLook.toSorted());
  }
});

/** Half of its map is there; the rest waits for the window. */
const HALF = { layer: 'conv1', channel: 3, row: 14, column: 0 };

test('every cell has the very colour of the flat picture, and rises with |value|', () => {
  const theme = {
    pos: ['#232527', '#1a4976', '#b4d8fe'],
    neg: ['#232527', '#6b380b', '#ffc7a1'],
    image: ['#16191e', '#f4f6f8'],
    tokens: { bg: '#0c0e11' },
  };
  const table = createColours(theme);
  const palette = {
    steps: 255,
    zero: 255,
    image: 511,
    track: 767,
    bar: 768,
    strong: 769,
    ground: 770,
  };
  const texels = Uint32Array.from([...table.diverging, ...table.image, 0, 0, 0, table.ground]);
  const { graph, space, flat } = made;
  for (const scale of ['map', 'layer', 'network']) {
    const all = ranges(graph, view.trace, scale);
    const colours = new Uint16Array(space.count);
    const heights = new Float32Array(space.count);
    const sheet = { space, palette, colours, heights };
    const shown = filled(graph, valueOf(graph, { ...view, scale }), HALF);
    cellValues(sheet, flat, graph, shown);
    for (const { layer, look } of space.planes) {
      if (look === 'bars') continue;
      const range = all.get(layer);
      for (const cell of cellsOf(graph, layer)) {
        const index = indexIn(space, cell);
        const value = shown.tensors.get(layer).data[graph.offset(cell)];
        const limit = range.limits?.[cell.channel] ?? range.limit;
        assert.equal(texels[colours[index]], pixel(table, value, range, limit));
        assert.ok(heights[index] >= 0 && heights[index] <= 1);
      }
    }
  }
});

test('labels never cover each other, from any side, in either shape of stage', () => {
  const measure = (text) => 7.5 * text.length;
  for (const spec of [LENET, MLP, GRAPH])
    for (const stand of [STAND, UPRIGHT]) {
      const one = spaceOf(spec);
      const blocks = blocksFor(one.space, one.graph, measure, stand === UPRIGHT);
      for (const camera of tenCameras(one.space)) {
        const labels = placeLabels(blocks, { ...camera, ...size(stand) }, stand, []);
        labels.forEach(({ block, x, y }, i) => {
          assert.ok(block.words.length > 0);
          for (const other of labels.slice(i + 1)) {
            const apart =
              x + block.width <= other.x ||
              other.x + other.block.width <= x ||
              y + block.height <= other.y ||
              other.y + other.block.height <= y;
            assert.ok(apart, `${spec.id}: ${block.plane.layer} and ${other.block.plane.layer}`);
          }
        });
      }
    }
});

const size = ({ width, height }) => ({ width, height });

test('the first guess is always named; every class is while there is room', () => {
  const values = valueOf(made.graph, view);
  const bars = (layer) => barsOf(made.flat, values, layer);
  const [oblique] = tenCameras(made.space);
  const names = unitNames(made.space, made.graph, oblique, bars);
  assert.equal(names.length, 10);
  const far = unitNames(made.space, made.graph, { ...oblique, scale: oblique.scale / 3 }, bars);
  assert.equal(far.length, 1);
  assert.equal(far[0].font, 'classStrong');
});

test('a flight goes from flat to space in half a second, and back from where it was turned', () => {
  const motion = new Motion(() => false);
  motion.fly(1);
  assert.equal(motion.advance(1000), false);
  assert.equal(motion.now.flight, 0);
  motion.advance(1260);
  assert.ok(motion.now.flight > 0.4 && motion.now.flight < 0.6);
  const before = motion.now.flight;
  motion.fly(0);
  motion.advance(1270);
  assert.equal(motion.now.flight, before);
  assert.equal(motion.advance(1800), true);
  assert.equal(motion.now.flight, 0);
  assert.equal(motion.moving, false);
});

test('a throw goes on as fast as the hand, slows down and ends', () => {
  const from = { azimuth: -50, elevation: 10, zoom: 1, x: 0, y: 0 };
  const motion = new Motion(() => false);
  motion.turned({ azimuth: 100 * 0.2, elevation: 100 * 0.02 }, 100); // 0.2 and 0.02 degrees a ms
  motion.letGo(from, 110);
  const places = [0, 16, 32, 100, 400].map((time) => motion.orbit(5000 + time).azimuth);
  assert.ok(Math.abs(places[0] + 50) < 1e-9);
  assert.ok(Math.abs((places[1] + 50) / 16 - 0.2) < 0.01);
  for (let i = 1; i < places.length; i++) assert.ok(places[i] > places[i - 1]);
  assert.ok(motion.moving);
  assert.ok(motion.orbit(8000).azimuth < -50 + 0.2 * 190);
  assert.equal(motion.orbit(8016), null);
  assert.ok(!motion.moving);
  motion.turned({ azimuth: 9, elevation: 0 }, 200);
  motion.letGo(from, 300);
  assert.ok(!motion.moving, 'the hand paused');
});

test('heights and what a pinned cell dims come in their time, and go on from where they were', () => {
  const motion = new Motion(() => false);
  const at = (time) => (motion.advance(time), motion.now);
  motion.change({ relief: true, dims: true });
  assert.deepEqual(at(1000), { flight: 0, relief: 0, scrim: 0 });
  assert.ok(Math.abs(at(1110).relief - 0.5) < 1e-9);
  assert.equal(at(1130).scrim, 1);
  const { relief } = motion.now;
  motion.change({ relief: false, dims: true });
  assert.equal(at(1140).relief, relief);
  assert.equal(at(1400).relief, 0);
  assert.ok(!motion.moving);
});

test('under reduced motion a flight is over in its first frame, a preset is there at once, nothing is thrown', () => {
  const motion = new Motion(() => true);
  motion.fly(1);
  assert.equal(motion.advance(5), true);
  assert.equal(motion.now.flight, 1);
  const orbit = { azimuth: 0, elevation: 0, zoom: 1, x: 0, y: 0 };
  motion.glide(orbit, { ...orbit, azimuth: -60 });
  assert.equal(motion.orbit(6).azimuth, -60);
  motion.turned({ azimuth: 9, elevation: 0 }, 10);
  motion.letGo(orbit, 12);
  assert.equal(motion.moving, false);
});
