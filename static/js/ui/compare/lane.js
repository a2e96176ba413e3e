// The elements of one more picture beside the stage: its head and its canvases.

import { html, say } from '../dom.js';
import { gap, link } from '../frames.js';

export function createLaneElements() {
  const canvas = html('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'network',
    'aria-label':
      'A second picture to compare. Arrow keys walk the cells, Page Up and Page Down the layers.',
  });
  const overlay = html('canvas', { class: 'lane-overlay', 'aria-hidden': true });
  const sheet = html('div', { class: 'stage-sheet' }, canvas, overlay);
  const { head, title: above } = createLaneHead();
  const scroller = html('section', { class: 'lane' }, sheet);

  /**
   * @param {string} who
   * @param {string} what
   */
  function title(who, what) {
    above(who, what);
    scroller.setAttribute('aria-label', `Picture: ${who}`);
  }

  return { canvas, overlay, scroller, head, title };
}

/**
 * What stands above a picture: whose it is, and what it was read as.
 *
 * @param {() => void} [stop] ends the comparison; above the page's own picture
 */
export function createLaneHead(stop) {
  const name = html('b');
  const rest = html('span');
  const end = stop ? [gap(), link('stop comparing', 'Esc', stop)] : [];
  const head = html('section', { class: 'lane-head' }, name, rest, ...end);

  /**
   * @param {string} who
   * @param {string} what
   */
  function title(who, what) {
    say(name, who);
    say(rest, what);
    head.setAttribute('aria-label', `Reading: ${who}`);
  }

  return { head, title };
}
