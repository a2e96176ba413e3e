// The buttons of the camera: on, taken, or away again; and why there is none.

import { createCamera, hasCamera } from '../../input/camera.js';
import { message } from '../../text/messages.js';
import { button, html, say } from '../../ui/dom.js';

/**
 * @param {object} options
 * @param {HTMLElement} options.pad over which it shows what it sees
 * @param {HTMLElement} options.told
 * @param {() => void} options.choose a file, where there is no camera
 * @param {(picture: Blob) => void} options.take
 */
export function createShutter({ pad, told, choose, take }) {
  const video = html('video', { muted: true, playsinline: true, hidden: true });
  video.muted = true; // the attribute alone does not do it
  video.ariaLabel = message('bench.camera.sees');
  pad.append(video);
  const camera = createCamera(video, end);
  let none = !hasCamera();

  const open = button({ class: 'action', onclick: start }, label());
  const release = button({ class: 'action', onclick: shoot }, message('bench.camera.take'));
  const away = button({ class: 'action', onclick: leave }, message('bench.camera.leave'));
  show();

  function label() {
    return message(none ? 'bench.camera.none' : 'bench.camera');
  }
  function show() {
    const on = camera.on();
    for (const one of [release, away, video]) one.hidden = !on;
    open.hidden = on;
    say(open, label());
  }
  async function start() {
    if (none) {
      if (!hasCamera()) say(told, message('bench.camera.why.none'));
      return choose();
    }
    say(told, message('bench.camera.asks'));
    const why = await camera.start();
    none = why !== null;
    say(told, why ? message(`bench.camera.why.${why}`) : '');
    show();
    if (camera.on()) release.focus();
  }
  function end() {
    const focused = [release, away].some((one) => one === document.activeElement);
    show();
    if (focused) open.focus();
  }
  async function shoot() {
    take(await camera.take());
  }
  function leave() {
    camera.stop();
  }
  pad.parentElement?.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !camera.on()) return;
    event.stopPropagation();
    leave();
  });
  return { buttons: [open, release, away], pause: camera.stop };
}
