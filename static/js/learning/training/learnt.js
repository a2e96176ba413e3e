// What a network has learnt at one moment: its kernels, and what it takes images for.

import { sparing } from '../../core/sight.js';
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
  const element = html('div', { class: 'training-more-of' }, filters, confusion.element);
  const showKernels = sparing(filters, () => weights && kernels.show(...weights));
  const showCounts = sparing(confusion.element, () => confusion.show(counts));
  return {
    element,
    /** @param {Model} model @param {Tensors} tensors @param {Tensors | null} first what they were at the start */
    showWeights(model, tensors, first) {
      weights = [model, tensors, first];
      showKernels();
    },
    /** @param {Confusion | null | undefined} next undefined of a network that is no moment of the training */
    showCounts(next) {
      confusion.element.toggleAttribute('data-away', next === undefined);
      if (next === undefined || next === counts) return;
      counts = next;
      showCounts();
    },
    /** After a change of the theme. */
    renew() {
      showCounts();
      showKernels();
    },
  };
}
