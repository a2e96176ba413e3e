// What the server made of a section's questions, as one graph: that of what was given, and beside it what
// was asked about the same input.

import { graphOf } from '../kinds/traits.js';
import { specIn } from '../wire/operations.js';

/** @import { Graph, Tensor } from '../geometry/types.d.ts' */
/** @import { Decoded } from '../wire/safetensors.js' */
/** @import { Asked, SectionState, SectionStore } from './types.d.ts' */

/** With what was refused, where this was asked in its place. @typedef {{ asked: Asked, answer: Decoded, refused?: Refused }} Part */

/** @typedef {Pick<SectionState<any>, 'refused' | 'place'>} Refused */

/** @type {Refused} */
export const NOTHING = { refused: '', place: null };

/** @param {SectionStore<any>} store */
export function createAnswers(store) {
  const graphFor = createGraphs();
  /** What the server read of inputs, as floats. @type {WeakMap<object, Tensor>} */
  const inputs = new WeakMap();
  /** @type {{ main: Part | null, beside: Part | null }} */
  const parts = { main: null, beside: null };
  /** @type {Asked | null} */
  let wanted = null;

  /** Both at once, as soon as both are about the same input. */
  function show() {
    const { main, beside } = parts;
    if (!main) return;
    if (!wanted) showAll(main, [main]);
    else if (beside?.asked.input === main.asked.input) showAll(main, [main, beside]);
  }
  /** @param {Part} main @param {readonly Part[]} all */
  function showAll({ asked: { input, painted }, answer: { metadata }, refused = NOTHING }, all) {
    // over a channel that has the input, the answer leaves it out
    const read = all.map(({ answer }) => answer.tensors.get('input')).find(Boolean);
    inputs.set(input, inputs.get(input) ?? read ?? input);
    const whole = inputs.get(input) ?? input;
    const tensors = new Map([
      ...all.flatMap(({ answer }) => [...answer.tensors]),
      ['input', whole],
    ]);
    const weights = new Map(
      all.flatMap(({ asked, answer }) => [...Object.entries(asked.weights), ...drawnIn(answer)]),
    );
    const graph = graphFor(all, whole, painted);
    const trace = { tensors, metadata };
    store.set({ graph, trace, weights: { sha256: '', tensors: weights }, ...refused });
  }

  return {
    /** @param {Part} part of what was given */
    main(part) {
      parts.main = part;
      show();
    },
    /** @param {Part} part */
    beside(part) {
      parts.beside = part;
      show();
    },
    /** @param {Asked | null} asked @returns {boolean} whether it is to be asked: it is another object than before */
    wants(asked) {
      const news = asked !== wanted;
      wanted = asked;
      return news && asked !== null;
    },
  };
}

/** What the server drew. @param {Decoded} answer @returns {[string, Tensor][]} */
function drawnIn({ tensors, metadata }) {
  const names = specIn({ metadata }).layers.flatMap(({ name, parameters }) =>
    Object.keys(parameters).map((one) => `${name}.${one}`),
  );
  return names.flatMap((name) => {
    const tensor = tensors.get(name);
    return tensor ? [/** @type {[string, Tensor]} */ ([name, tensor])] : [];
  });
}

/** Of answers, the same as long as only numbers are others. @returns {(parts: readonly Part[], input: Tensor, painted: Asked['painted']) => Graph} */
function createGraphs() {
  let known = '';
  /** @type {Graph | null} */
  let graph = null;
  return (parts, input, painted) => {
    const specs = parts.map(({ answer }) => specIn(answer));
    const sum = (/** @type {'parameters' | 'multiply_adds'} */ key) =>
      specs.reduce((total, one) => total + one[key], 0);
    const more = { given: true, border: 0, scaling: scalingOf(input), ...painted };
    const [spec] = specs;
    if (!spec) throw new RangeError('A graph has an answer.');
    const whole = {
      ...{ ...spec, id: '', title: '', classes: [], input: { ...spec.input, ...more } },
      ...{ parameters: sum('parameters'), multiply_adds: sum('multiply_adds') },
      layers: specs.flatMap(({ layers }) => layers),
    };
    const text = JSON.stringify(whole);
    if (!graph || text !== known) graph = graphOf(whole);
    known = text;
    return graph;
  };
}

/** @type {WeakMap<Tensor, { scale: number, offset: number }>} */
const scalings = new WeakMap();

/** Grey from the smallest number to the largest, with 0 and 1 among them. @param {Tensor} input */
function scalingOf(input) {
  const known = scalings.get(input);
  if (known) return known;
  let [low, high] = [0, 1];
  input.data.forEach((number) => ([low, high] = [Math.min(low, number), Math.max(high, number)]));
  const scaling = { scale: high - low, offset: low };
  scalings.set(input, scaling);
  return scaling;
}
