// The elements of one more picture beside the stage: its head and its canvases.

import { message } from '../../text/messages.js';
import { html, say } from '../dom.js';
import { gap, leave } from '../frames.js';

export function createLaneElements() {
  const canvas = html('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-roledescription': message('stage.role'),
    'aria-label': message('compare.second'),
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
    scroller.setAttribute('aria-label', message('compare.picture', { who }));
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
  const end = stop ? [gap(), leave(message('compare.stop'), stop)] : [];
  const head = html('section', { class: 'lane-head' }, name, rest, ...end);

  /**
   * @param {string} who
   * @param {string} what
   */
  function title(who, what) {
    say(name, who);
    say(rest, what);
    head.setAttribute('aria-label', message('compare.reading', { who }));
  }

  return { head, title };
}
