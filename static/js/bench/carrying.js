// What is drawn in a section goes along to the network.

import { carryTo } from '../lesson/carrying.js';
import { carried } from './picture.js';

/** @import { Picture, Section, SectionStore } from './types.d.ts' */

/** @param {Section} section @param {SectionStore<any>} store @param {HTMLElement} element */
export function carryAlong({ fields }, store, element) {
  const way = element.querySelector('a.see');
  const name = Object.keys(fields).find((key) => fields[key]?.numbers);
  if (!name || !(way instanceof HTMLAnchorElement)) return;
  /** @type {Picture | null} */
  let last = null;

  async function take() {
    const picture = store.get().given[name ?? ''];
    if (picture === last) return;
    last = picture;
    const drawing = await carried(picture);
    if (picture !== last || !drawing || !(way instanceof HTMLAnchorElement)) return;
    way.dataset['drawn'] = '';
    carryTo(way, { drawing });
  }
  const on = () => void take().catch(() => {}); // it is but a comfort
  store.subscribe((_, changed) => {
    if ('given' in changed) on();
  });
  on();
}
