// What a network has learnt at one moment: its kernels, and what it takes images for.

import { message } from '../../text/messages.js';
import { createConfusion } from '../../ui/confusion.js';
import { html } from '../../ui/dom.js';
import { createKernels } from './kernels.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { Confusion } from '../../ui/confusion.js' */

/** @param {Shared} shared @param {readonly string[]} classes */
export function createLearnt(shared, classes) {
  const confusion = createConfusion({ classes, theme: shared.theme });
  const kernels = createKernels(shared);
  /** @type {Parameters<typeof kernels.show> | null} */
  let weights = null;
  /** @type {Confusion | null} */
  let counts = null;
  const what = html('h3', {}, message('training.kernels.title'));
  const filters = html('section', {}, what, kernels.element);
  return {
    element: html('div', { class: 'training-more-of' }, filters, confusion.element),
    /** @param {Model} model @param {Tensors} tensors @param {Tensors | null} first what they were at the start */
    showWeights(model, tensors, first) {
      weights = [model, tensors, first];
      kernels.show(...weights);
    },
    /** @param {Confusion | null} next */
    showCounts(next) {
      if (next !== counts) confusion.show(next);
      counts = next;
    },
    /** After a change of the theme. */
    renew() {
      confusion.show(counts);
      if (weights) kernels.show(...weights);
    },
  };
}
