// What can be saved, and how: the picture of the stage, the numbers of its layers.

import { message } from '../text/messages.js';
import { button, html, say } from './dom.js';
import { choiceOf } from './effect.js';
import { panelFrame } from './frames.js';

/** @import { ThemeName } from '../core/theme.js' */

/** @typedef {{ readonly scale: number, readonly theme: ThemeName | null }} Look of a picture; the page's theme where it is null */

/**
 * @param {'open' | 'sheet'} shape
 * @param {object} offers
 * @param {readonly number[]} offers.scales of pictures
 * @param {readonly string[]} offers.pictures the forms of their files; in space only the first of them
 * @param {readonly string[]} offers.numbers the forms of theirs
 * @param {object} on
 * @param {() => void} on.close
 * @param {(look: Partial<Look>) => void} on.choose
 * @param {(form: string) => void} on.picture
 * @param {(form: string) => void} on.numbers
 */
export function createSavePanel(shape, offers, on) {
  const times = offers.scales.map((scale) => [scale, message('save.times', { scale })]);
  const scales = choiceOf(Object.fromEntries(times), (scale) =>
    on.choose({ scale: Number(scale) }),
  );
  const named = { light: message('save.light'), dark: message('save.dark') };
  const themes = choiceOf(named, (theme) =>
    on.choose({ theme: theme === 'dark' ? 'dark' : 'light' }),
  );
  const [pictures, numbers] = [
    files(offers.pictures, on.picture),
    files(offers.numbers, on.numbers),
  ];
  const [seen, read] = [html('p'), html('p')];
  const said = html('p', { class: 'said', role: 'status' });
  const choices = [
    choice(message('save.scale'), scales.element),
    choice(message('save.theme'), themes.element),
  ];
  const body = html(
    'div',
    { class: 'body save' },
    part(message('save.picture'), ...choices, row(pictures), seen),
    part(message('save.numbers'), row(numbers), read),
    said,
  );
  const name = html('div', { class: 'name' }, message('save.title'));

  return {
    element: panelFrame(shape, [name], [], body, on.close),
    /**
     * @param {{ space: boolean, trace: unknown, theme: ThemeName, picture: Look }} state
     * @param {string} done
     */
    show({ space, trace, theme, picture }, done) {
      scales.choose(String(picture.scale));
      themes.choose(picture.theme ?? theme);
      for (const one of pictures.slice(1)) one.disabled = space;
      for (const one of numbers) one.disabled = !trace;
      say(seen, message(space ? 'save.space' : 'save.seen'));
      say(read, message(trace ? 'save.read' : 'save.draw'));
      say(said, done);
    },
  };
}

/** @param {readonly string[]} forms @param {(form: string) => void} save */
function files(forms, save) {
  return forms.map((form) => button({ class: 'action', onclick: () => save(form) }, form));
}

/** @param {readonly HTMLElement[]} buttons */
function row(buttons) {
  return html('div', { class: 'save-files' }, ...buttons);
}

/** @param {string} title @param {...HTMLElement} content */
function part(title, ...content) {
  return html('section', {}, html('h2', {}, title), ...content);
}

/** @param {string} title @param {HTMLElement} choices */
function choice(title, choices) {
  return html('fieldset', { class: 'row' }, html('legend', {}, title), choices);
}
