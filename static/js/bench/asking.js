// What was given to a section is asked about, and what the server computes of it is shown.

import { graphOf } from '../kinds/traits.js';
import { errorText } from '../text/refusals.js';
import { operations, specIn } from '../wire/operations.js';
import { createPictures } from './picture/reading.js';

/** @import { Graph, Tensor, Tensors } from '../geometry/types.d.ts' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Decoded } from '../wire/safetensors.js' */
/** @import { Asked, BenchPage, Section, SectionStore } from './types.d.ts' */

/**
 * Asks now, and whenever something else is given.
 *
 * @param {Pick<BenchPage, 'reader' | 'timing'>} page
 * @param {Section} section
 * @param {SectionStore<any>} store
 */
export function follow({ reader, timing }, section, store) {
  const graphFor = createGraphs();
  /** What the server read of inputs, as floats. @type {WeakMap<object, Tensor>} */
  const inputs = new WeakMap();
  const waits = { pictures: false, first: false, then: false };
  const onRefused = (/** @type {Error} */ error) => {
    waits.pictures = false;
    store.set({ refused: errorText(error) });
    wait({});
  };
  /** @param {Partial<typeof waits>} patch */
  function wait(patch) {
    Object.assign(waits, patch);
    store.set({ busy: waits.pictures || waits.first || waits.then });
  }
  /** @type {import('../wire/reader.js').Asker<Question & { asked: Asked, when: number }>} */
  const asker = reader.asker({
    onAnswer(answer, { asked: { input, weights, painted }, when }) {
      timing.begin('given', when);
      // over a channel that has the input, the answer leaves it out
      const read = answer.tensors.get('input') ?? inputs.get(input) ?? input;
      inputs.set(input, read);
      const tensors = new Map([...answer.tensors, ['input', read]]);
      const graph = graphFor(answer, read, painted);
      const trace = { tensors, metadata: answer.metadata };
      const known = { sha256: '', tensors: new Map(Object.entries(weights)) };
      store.set({ graph, trace, weights: known, refused: '' });
    },
    onBusy: (then) => wait({ then }),
    onRefused,
  });
  /** @param {any} given @param {Tensors} prepared @param {number} when it was given */
  function askAll(given, prepared, when) {
    const asked = section.asks(given, prepared);
    asker.ask({ ...operations(asked), asked, when });
    wait({ then: true });
  }
  /** @type {import('../wire/reader.js').Asker<Question & { given: any, read: Tensors, when: number }>} */
  const preparing = reader.asker({
    onAnswer: ({ tensors }, { given, read, when }) =>
      askAll(given, new Map([...read, ...tensors]), when),
    onBusy: (first) => wait({ first }),
    onRefused,
  });
  const pictures = createPictures(reader, section.fields, { ready: () => ask(true), onRefused });
  /** @param {boolean} soon with the latest pictures, be they those of what was given or not */
  function ask(soon) {
    const [{ given }, when] = [store.get(), performance.now()];
    const { latest: read, all } = pictures(given);
    wait({ pictures: !all });
    if (!read || !(all || soon)) return;
    const before = section.prepares?.(given, read);
    if (before) preparing.ask({ ...operations(before), given, read, when });
    else askAll(given, read, when);
  }
  store.subscribe((_, changed) => {
    if ('given' in changed) ask(false);
  });
  ask(false);
}

/** Of answers, the same as long as only numbers are others. @returns {(answer: Decoded, input: Tensor, painted: Asked['painted']) => Graph} */
function createGraphs() {
  let known = '';
  /** @type {Graph | null} */
  let graph = null;
  return (answer, input, painted) => {
    const spec = specIn(answer);
    const more = { given: true, border: 0, scaling: scalingOf(input), ...painted };
    const whole = { ...spec, id: '', title: '', classes: [], input: { ...spec.input, ...more } };
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
