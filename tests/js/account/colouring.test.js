import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { spansOf } from '../../../static/js/account/colouring.js';
import { createColours, pixel } from '../../../static/js/render/brush.js';
import { correspondence, sharedLimits } from '../../../static/js/scene/compare.js';
import { limitOf, ranges, scaleBeside } from '../../../static/js/scene/quantities/scale.js';
import { madeUp } from '../generate.js';
import { LENET } from '../specs.js';

const graph = createGraph(LENET);
const [now, kept] = [3, 8].map((seed) => ({ tensors: madeUp(graph, seed).trace }));
const shades = (...ends) =>
  Array.from({ length: 9 }, (_, i) => `#${ends[i % 2]}${(16 + i * 25).toString(16)}`);
const colours = createColours({
  ...{ pos: shades('1020', '3040'), neg: shades('8010', '9030'), image: ['#000000', '#ffffff'] },
  tokens: { bg: '#777' },
});

/** While two readings stand beside each other, as page/compare.js sets it. */
function besideOf(scale) {
  const pair = [now, kept].map(({ tensors }) => ({ graph, trace: tensors }));
  const limits = sharedLimits(...pair, correspondence(graph, graph), scale);
  return { limits: limits.a, then: null };
}

test('what is coloured beside the stage has the colours of the stage, compared or alone', () => {
  for (const scale of ['map', 'layer', 'network'])
    for (const beside of [null, besideOf(scale), null]) {
      const state = { graph, trace: now, scale, beside };
      const stage = ranges(graph, now.tensors, scaleBeside(scale, beside), beside ?? {});
      const span = spansOf(state);
      for (const name of graph.names)
        for (const channel of [0, graph.size(name).channels - 1]) {
          const range = stage.get(name);
          const wanted = { ...range, limit: limitOf(range, channel) };
          const { data } = now.tensors.get(name);
          for (let i = 0; i < data.length; i += 7) {
            const [shown, there] = [span(name, channel), wanted].map((one) =>
              pixel(colours, data[i], one),
            );
            assert.equal(shown, there, `${scale} ${name} [${channel}] ${i}`);
          }
        }
    }
});

test('beside each other one map that is four times another never looks the same', () => {
  const layer = 'conv1';
  const large = new Map(now.tensors);
  const { data, ...rest } = now.tensors.get(layer);
  large.set(layer, { ...rest, data: data.map((value) => 4 * value) });
  const pair = [now.tensors, large].map((trace) => ({ graph, trace }));
  const limits = sharedLimits(...pair, correspondence(graph, graph), 'map');
  const [one, other] = [limits.a, limits.b].map((mine, i) => {
    const state = { graph, trace: { tensors: pair[i].trace }, scale: 'map' };
    return spansOf({ ...state, beside: { limits: mine, then: null } })(layer, 0).limit;
  });
  assert.equal(one, other);
});

test('a comparison changes the scale, so that the test above can tell', () => {
  const limits = (beside) => {
    const span = spansOf({ graph, trace: now, scale: 'layer', beside });
    return graph.names.map((name) => span(name, 0).limit);
  };
  assert.notDeepEqual(limits(besideOf('layer')), limits(null));
});
