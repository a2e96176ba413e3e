import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { layout } from '../../../static/js/scene/layout.js';
import { boundsOf, indexIn, placeInSpace } from '../../../static/js/scene/space/place.js';
import { GRAPH, LENET, LENET5, MLP, WIDE } from '../specs.js';
import { DESK, spaceOf } from './made.js';

const ALL = [LENET, MLP, LENET5, GRAPH, WIDE];

test('every layer that is flat stands in space, with the same maps, further along the flow than what it reads', () => {
  for (const spec of ALL) {
    const { space, flat } = spaceOf(spec);
    assert.deepEqual(
      space.planes.map(({ layer, channels }) => [layer, ...channels]),
      flat.boxes.map(({ layer, channels }) => [layer, ...channels]),
    );
    for (const { from, to } of space.edges) assert.ok(space.plane(from).x < space.plane(to).x);
    assert.ok(space.edges.length >= space.planes.length - 1);
  }
});

test('across a hidden layer the lines join in space as they do in the flat picture', () => {
  const pairs = (edges) => edges.map(({ from, to, skip }) => [from, to, skip]);
  for (const spec of [LENET, LENET5, GRAPH]) {
    const graph = createGraph(spec);
    for (const { name } of spec.layers.slice(0, -1)) {
      const flat = layout(graph, { ...DESK, hidden: [name] });
      const { edges } = placeInSpace(flat, graph);
      assert.deepEqual(pairs(edges), pairs(flat.edges), `${spec.id} without ${name}`);
    }
  }
});

test('no two maps share a place, and all lie within the bounds of their layer', () => {
  for (const spec of ALL)
    for (const plane of spaceOf(spec).space.planes) {
      const tiles = Array.from(plane.channels, (_, tile) =>
        boundsOf(plane, tile, 0, plane.rows, 0, plane.columns),
      );
      const { bounds } = plane;
      for (const { y0, y1, z0, z1 } of tiles) {
        assert.ok(y0 >= bounds.y0 - 1e-6 && y1 <= bounds.y1 + 1e-6);
        assert.ok(z0 >= bounds.z0 - 1e-6 && z1 <= bounds.z1 + 1e-6);
      }
      if (tiles.length > 130) continue;
      tiles.forEach((a, i) =>
        tiles.slice(i + 1).forEach((b) => {
          assert.ok(a.z1 <= b.z0 || b.z1 <= a.z0 || a.y1 <= b.y0 || b.y1 <= a.y0, plane.layer);
        }),
      );
    }
});

test('lanes of one rank stand above each other and do not meet', () => {
  const { space } = spaceOf(GRAPH);
  const lanes = space.planes.filter(({ rank }) => rank === space.plane('narrow').rank);
  assert.ok(lanes.length > 1);
  const sorted = lanes.toSorted((a, b) => b.bounds.y1 - a.bounds.y1);
  for (let i = 1; i < sorted.length; i++) assert.ok(sorted[i].bounds.y1 < sorted[i - 1].bounds.y0);
});

test('each cell has one position, and they fill the space without a gap', () => {
  for (const spec of [LENET, MLP, LENET5, GRAPH]) {
    const { graph, space } = spaceOf(spec);
    const seen = new Uint8Array(space.count);
    for (const { layer } of space.planes)
      for (let i = 0; i < graph.count(layer); i++) {
        const index = indexIn(space, graph.cellAt(layer, i));
        if (index >= 0) seen[index]++;
      }
    assert.ok(seen.every((times) => times === 1));
  }
});

test('784 cells, 300 units and 120 maps of 1 × 1 stand in blocks, ten classes in a column', () => {
  const mlp = spaceOf(MLP).space;
  assert.equal(mlp.plane('input').rows * mlp.plane('input').columns, 784);
  const across = (plane) => new Set(plane.z).size;
  assert.equal(across(mlp.plane('fc1')), 15);
  assert.equal(across(spaceOf(LENET5).space.plane('c5')), 10);
  assert.equal(across(mlp.plane('softmax')), 1);
});

test('a folded activation stands on what it reads, and stands alone when it is shown', () => {
  const graph = createGraph(LENET);
  const shown = layout(graph, { ...DESK, folded: false });
  assert.ok(placeInSpace(shown, graph).plane('relu1'));
  const { space } = spaceOf(LENET);
  assert.equal(space.plane('relu1'), undefined);
  assert.equal(space.stand('relu1'), 'conv1');
});

test('the maps of each source of a concat stand together, with more room before the next', () => {
  const { graph, space } = spaceOf(GRAPH);
  const plane = space.plane('mixed');
  const tile = plane.rows * plane.cell;
  const ends = graph.layer('mixed').inputs.map((name) => graph.size(name).channels);
  let first = 0;
  const blocks = ends.map((count) => {
    const tops = Array.from(plane.y.slice(first, first + count));
    first += count;
    return { top: Math.max(...tops), bottom: Math.min(...tops) - tile };
  });
  const within = new Set(Array.from(plane.y.slice(0, ends[0])));
  const gap = within.size > 1 ? [...within].sort((a, b) => b - a) : null;
  for (let i = 1; i < blocks.length; i++) {
    const between = blocks[i - 1].bottom - blocks[i].top;
    assert.ok(between > 12, `${between} before block ${i}`);
    if (gap) assert.ok(between > 2 * (gap[0] - gap[1] - tile));
  }
});
