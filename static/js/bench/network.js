// Put together: a network of blocks, before any training. What each block gives, costs and sees; how
// its numbers are spread by random weights; and why weights must not begin all the same.

import { traitsOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { brief, grouped } from '../text/numbers.js';
import { html, say } from '../ui/dom.js';
import { createChoice } from '../ui/hands.js';
import { specIn, spreadIn } from '../wire/operations.js';
import { floats } from './arrays.js';
import { choice, json, number, whole } from './fields.js';
import { createAdding } from './network/adding.js';
import { createFiles } from './network/files.js';
import { createFirst, firstOf, RULES, SEEDS, SIZES } from './network/first.js';
import { alikeIn, createGradients, gradientsText } from './network/gradients.js';
import { createList } from './network/list.js';
import { FIRST, isFile, PRESETS } from './network/presets.js';
import { fateOf } from './network/spread.js';
import { picture, sampleDigit } from './picture.js';
import { createPicture } from './picture/hand.js';

/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Shown } from '../stage/state.js' */
/** @import { LayerBody, NetworkFile } from '../wire/types.d.ts' */
/** @import { Preset } from './network/presets.js' */
/** @import { Asked, Given, Picture, Section, SectionState, Stand } from './types.d.ts' */

/**
 * @typedef {object} GivenHere
 * @property {Picture} image that goes in
 * @property {NetworkFile} network as a file says it
 * @property {string} rule by which the first weights are drawn; '' for the usual one
 * @property {number} seed
 * @property {number} size of weights, where the rule leaves it open
 */

/** Which unit is taken for the right answer. */
const TARGET = 0;

/** @type {Section<GivenHere>} */
export const network = {
  name: 'network',
  fields: {
    image: picture(sampleDigit(3), { side: 28 }),
    network: json(FIRST, isFile),
    rule: choice(RULES),
    seed: whole(1, SEEDS.least, SEEDS.most),
    size: number(SIZES.first, SIZES.least, SIZES.most),
    guess: choice(['alike', 'apart']),
  },
  begins: { layer: 'conv1', channel: 0, row: 10, column: 10 },
  shows: { rule: 'equal' },

  asks: (given, prepared) => asked(given, given.network.layers, prepared),

  // What stands above the block that is wrong is shown.
  instead: (given, prepared, at) => asked(given, given.network.layers.slice(0, at), prepared),

  hands,

  verdict({ guess }, shown) {
    const layer = specIn(shown).layers.find((one) => traitsOf(one).weighted);
    const alike = layer && alikeIn(shown, layer.name);
    if (!alike || alike.kinds > 1) return null;
    return { right: guess === 'alike', says: gradientsText(alike) };
  },
};

/** @param {Readonly<GivenHere>} given @param {readonly LayerBody[]} layers @param {Tensors} prepared @returns {Asked} */
function asked({ network, ...weights }, layers, prepared) {
  const picture = /** @type {Given} */ (prepared.get('image'));
  const input = framed(picture, network.input.border);
  const asked = { input, layers, weights: {}, first: firstOf(weights), spread: true };
  return endsInUnits(layers) ? { ...asked, gradients: TARGET } : asked;
}

/** Cells of paper around a drawing, as the server gives it. */
const BORDER = FIRST.input.border;
/** The latest one, so that it stays the same as long as its picture does. @type {{ picture: Given, border: number, input: Given } | null} */
let latest = null;

/** @param {Given} picture @param {number} border that it shall have @returns {Given} */
function framed(picture, border) {
  const more = border - BORDER;
  if (more === 0) return picture;
  if (latest?.picture === picture && latest.border === border) return latest.input;
  const [, side = 0] = picture.shape;
  const large = side + 2 * more;
  const input = floats(
    [1, large, large],
    Array.from({ length: large * large }, (_, i) => {
      const [row, column] = [Math.floor(i / large) - more, (i % large) - more];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < side;
      return inside ? (picture.data[row * side + column] ?? 0) : 0;
    }),
  );
  latest = { picture, border, input };
  return input;
}

/** @param {readonly LayerBody[]} layers @returns {boolean} whether the last gives units, as far as the page can tell */
function endsInUnits(layers) {
  const last = layers.findLast((layer) => !traitsOf(layer).activation);
  if (!last) return false;
  const { weighted, slides, pools, reshapes, shares } = traitsOf(last);
  return Boolean((weighted && !slides && !pools) || reshapes || shares);
}

/** @param {Stand<GivenHere>} stand */
function hands({ give, store, colours, page }) {
  const now = () => store.get().given;
  const layered = (/** @type {readonly LayerBody[]} */ layers) =>
    give({ network: { ...now().network, layers } });
  const image = createPicture({ page, drawn: true, change: (image) => give({ image }) });
  const presets = createChoice(
    message('bench.network.presets'),
    Object.fromEntries(
      Object.keys(PRESETS).map((name) => [
        name,
        message(`bench.network.preset.${/** @type {Preset} */ (name)}`),
      ]),
    ),
    (name) => give({ network: { ...FIRST, layers: PRESETS[/** @type {Preset} */ (name)] } }),
  );
  const first = createFirst(now, give);
  const adding = createAdding(
    () => ({ blocks: now().network.layers, graph: store.get().graph }),
    layered,
  );
  const list = createList(() => now().network.layers, layered);
  const files = createFiles(
    () => now().network,
    (network) => give({ network }),
    store.set,
  );
  const gradients = createGradients(colours);
  const all = html('p', { class: 'blocks-all', role: 'status' });
  const fate = html('p', { class: 'blocks-fate', role: 'status' });
  const beside = html('div', { class: 'hand' }, image.element, first.element, files);
  const below = html(
    'div',
    { class: 'block-list' },
    presets.element,
    adding.element,
    list.element,
    all,
    fate,
  );

  return {
    elements: [beside, below, gradients.element],
    /** @param {Readonly<SectionState<GivenHere>>} state */
    show(state) {
      const { given, graph, trace, refused, place } = state;
      const { image: drawn, network, ...weights } = given;
      const wrong = place === null ? null : { place, says: refused };
      image.show(drawn);
      first.show(weights);
      adding.show(network.layers, graph);
      list.show(network.layers, state, wrong);
      gradients.show(state);
      say(all, trace ? allText(trace) : '');
      say(fate, trace ? fateText(trace) : '');
    },
  };
}

/** @param {Shown} shown */
function allText(shown) {
  const { parameters, multiply_adds: multiplied } = specIn(shown);
  const gaps = { parameters: grouped(parameters), multiplied: grouped(multiplied) };
  return message('bench.network.all', gaps);
}

/** What becomes of the numbers from the first layer to the last. @param {Shown} shown */
function fateText(shown) {
  const last = specIn(shown).layers.findLast((layer) => !traitsOf(layer).shares);
  const spread = spreadIn(shown);
  const first = spread?.['input']?.[1];
  const end = spread?.[last?.name ?? ''];
  if (!last || !end || !first) return message('bench.network.fate.blank');
  const gaps = { layer: last.name, first: brief(first), last: brief(end[1] ?? Infinity) };
  return message(`bench.network.fate.${fateOf(first, end)}`, gaps);
}
