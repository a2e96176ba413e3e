// One plot of a training: axes, lines with their names at their ends, brackets, and a place on it that is
// pointed at with mouse, finger or keys. It is drawn at most once a frame.

import { message } from '../../text/messages.js';
import { button, html, say, svg } from '../../ui/dom.js';
import { averaged, pathOf, spread, squeezed, thinned } from './series.js';

/** @import { Loop } from '../../core/loop.js' */
/** @import { Viewport } from '../../core/viewport.js' */
/** @import { Point, Scale } from './series.js' */

/** @typedef {{ scale: (from: number, to: number) => Scale, ticks: (room: number) => readonly number[], write: (value: number) => string }} Axis ticks: the first of them matter most */
/** @typedef {{ kind: string, points: readonly Point[], marks?: keyof typeof SHAPES, name?: string, mean?: boolean }} Line kind: of its class; name: what stands at its end; mean: of neighbours where they are close */
/** @typedef {{ kind: string, x: number, between: readonly [number, number], name: string }} Bracket */
/** @typedef {{ x: Axis, y: Axis, lines: readonly Line[], brackets?: readonly Bracket[], ends: number }} Drawn ends: letters that stand at the ends of lines at most */
/** @typedef {{ loop: Loop, viewport: Viewport }} Shared */

const HEIGHT = 236;
const SHAPES = {
  dot: 'm-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0',
  box: 'm-3.5 -3.5h7v7h-7z',
};
const EDGE = { left: 50, top: 10, bottom: 26, right: 14 };
/** Px of a letter, of a line of text, between two marks and two ticks. */
const [LETTER, TEXT, MARKS, TICKS] = [7.2, 16, 9, 46];

/** @param {Shared} page @param {() => void} draw @returns {() => void} asks for it to be drawn in the next frame */
export function onceAFrame({ loop }, draw) {
  /** @type {(() => void) | null} */
  let end = null;
  return () => {
    end ??= loop.add('before', () => {
      end?.();
      end = null;
      draw();
    });
    loop.wake();
  };
}

/**
 * @param {Shared} page
 * @param {string} name
 * @param {string} [label] what it is to those who do not see it
 */
export function createPlot(page, name, label = name) {
  const layer = (/** @type {string} */ kind) => svg('g', { class: `plot-${kind}` });
  const grid = layer('grid');
  const lines = layer('lines');
  const names = layer('names');
  const mark = layer('mark');
  const drawing = svg('svg', { 'aria-hidden': 'true' }, grid, lines, names, mark);
  const focus = { tabindex: 0, role: 'slider', 'aria-label': label, 'aria-valuenow': 0 };
  const sheet = html('div', { class: 'plot', ...focus }, drawing);
  const caption = html('figcaption', {}, name);
  const element = html('figure', { class: 'plot-figure' }, caption, sheet);
  let width = 0;
  /** @type {Drawn | null} */
  let latest = null;
  /** @type {Scale} */
  let across = () => 0;
  /** The place that is marked. @type {number | null} */
  let marked = null;
  const moveMark = createMark(mark);
  const place = () => moveMark(marked === null ? null : across(marked));

  const ask = onceAFrame(page, () => {
    if (!latest || !width) return;
    drawing.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    const right = width - EDGE.right - LETTER * latest.ends;
    across = latest.x.scale(EDGE.left, right);
    const up = latest.y.scale(HEIGHT - EDGE.bottom, EDGE.top);
    grid.replaceChildren(...gridOf(latest, across, up, right));
    lines.replaceChildren(...latest.lines.flatMap((line) => lineOf(line, across, up)));
    names.replaceChildren(...namesOf(latest, across, up));
    place();
  });
  const end = page.viewport.measure(sheet, (box) => {
    width = box.width;
    ask();
  });

  return {
    ...{ element, sheet, end },
    title: (/** @type {string} */ text) => say(caption, text),
    /** @param {Drawn} next */
    draw(next) {
      latest = next;
      ask();
    },
    /** @param {MouseEvent} event @param {readonly number[]} stops @returns {number | null} the nearest of them */
    nearest({ clientX }, stops) {
      const place = page.viewport.place(sheet);
      const x = ((clientX - place.left) / place.width) * width; // it may be zoomed
      const away = stops.map((stop) => Math.abs(across(stop) - x));
      return stops[away.indexOf(Math.min(...away))] ?? null;
    },
    /** @param {number | null} value @param {string} said @param {number} most of all values */
    mark(value, said, most) {
      marked = value;
      place();
      const now = { valuemin: 0, valuemax: most, valuenow: value ?? most, valuetext: said };
      for (const [name, text] of Object.entries(now))
        sheet.setAttribute(`aria-${name}`, String(text));
    },
  };
}

/** A button that stays pressed. @param {'early' | 'near'} name of its words @param {(on: boolean) => void} change @param {boolean} [on] at first */
export function pressable(name, change, on = false) {
  const title = message(`training.curves.${name}.title`);
  const element = button(
    { class: 'action', 'aria-pressed': String(on), title, onclick: () => press() },
    message(`training.curves.${name}`),
  );
  const press = () => {
    const on = element.ariaPressed !== 'true';
    element.ariaPressed = String(on);
    change(on);
  };
  return element;
}

/** Paragraphs, each written only where it differs. @param {Element} place @param {readonly string[]} texts */
export function sayAll(place, texts) {
  while (place.children.length > texts.length) place.lastElementChild?.remove();
  texts.forEach((text, i) => {
    if (!place.children[i]) place.append(html('p'));
    say(/** @type {Element} */ (place.children[i]), text);
  });
}

/**
 * Mouse and finger point at the nearest of all stops; arrow keys go from one to the next that is
 * evaluated.
 *
 * @param {ReturnType<typeof createPlot>} plot
 * @param {() => { stops: readonly number[], walked: readonly number[], at: number | null }} where in order
 * @param {(stop: number | null) => void} point
 */
export function listenToPlot({ sheet, nearest }, where, point) {
  const pointed = (/** @type {PointerEvent} */ event) => point(nearest(event, where().stops));
  sheet.addEventListener('pointermove', pointed);
  sheet.addEventListener('pointerdown', pointed);
  sheet.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType === 'mouse') point(null);
  });
  sheet.addEventListener('blur', () => point(null));
  sheet.addEventListener('keydown', (event) => {
    const { walked, at } = where();
    const now = at ?? Infinity;
    const to = {
      ArrowLeft: walked.findLast((stop) => stop < now) ?? walked[0],
      ArrowRight: walked.find((stop) => stop > now) ?? walked.at(-1),
      Home: walked[0],
      End: walked.at(-1),
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    point(to);
  });
}

/** A line that is moved, and not made anew: what is drawn below it stays as it is. @param {Element} layer */
function createMark(layer) {
  const line = svg('line', { y1: EDGE.top, y2: HEIGHT - EDGE.bottom });
  return (/** @type {number | null} */ x) => {
    if (x === null) return line.remove();
    line.style.transform = `translateX(${x}px)`;
    if (!line.isConnected) layer.append(line);
  };
}

/** @param {Drawn} drawn @param {Scale} across @param {Scale} up @param {number} right */
function gridOf({ x, y }, across, up, right) {
  const bottom = HEIGHT - EDGE.bottom;
  const rows = thinned(y.ticks(bottom / TEXT / 2), up, TEXT + 4).flatMap((tick) => [
    svg('line', { x1: EDGE.left, x2: right, y1: up(tick), y2: up(tick) }),
    svg('text', { class: 'row', x: EDGE.left - 7, y: up(tick) + 4 }, y.write(tick)),
  ]);
  const columns = thinned(x.ticks(right / TICKS / 1.3), across, TICKS).flatMap((tick) => [
    svg('line', { x1: across(tick), x2: across(tick), y1: bottom, y2: bottom + 4 }),
    svg('text', { x: across(tick), y: HEIGHT - 6 }, x.write(tick)),
  ]);
  const base = svg('line', { class: 'base', x1: EDGE.left, x2: right, y1: bottom, y2: bottom });
  return [...rows, ...columns, base];
}

/** @param {Line} line @param {Scale} across @param {Scale} up */
function shownOf({ points, mean = false }, across, up) {
  const spots = points.map(([x, y]) => /** @type {Point} */ ([across(x), up(y)]));
  return mean ? averaged(spots) : spots;
}

/** @param {Line} line @param {Scale} across @param {Scale} up */
function lineOf(line, across, up) {
  const { kind, marks } = line;
  const spots = shownOf(line, across, up);
  const path = svg('path', { class: `line ${kind}`, d: pathOf(squeezed(spots)) });
  if (!marks) return [path];
  let last = -Infinity;
  const marked = spots.filter(([x, y], i) => {
    const keeps = !isNaN(y) && (x - last >= MARKS || i === spots.length - 1);
    if (keeps) last = x;
    return keeps;
  });
  const d = marked.map((spot) => pathOf([spot]) + SHAPES[marks]).join('');
  return [path, svg('path', { class: `marks ${marks} ${kind}`, d })];
}

/** What stands at the ends of lines and beside brackets; none stands on another. @param {Drawn} drawn @param {Scale} across @param {Scale} up */
function namesOf({ lines, brackets = [] }, across, up) {
  const ends = lines.flatMap((line) => {
    const { kind, name } = line;
    const end = name && shownOf(line, across, up).findLast(([, y]) => !isNaN(y));
    return end ? [{ kind, name, x: end[0], y: end[1] }] : [];
  });
  const hooks = brackets.map(({ kind, name, x, between: [a, b] }) => {
    const [one, other] = [up(a), up(b)];
    const d = `M${across(x) + 6} ${one}h5V${other}h-5`;
    return { kind, name, x: across(x), y: (one + other) / 2, d };
  });
  const all = [...ends, ...hooks.filter(({ name }) => name)];
  const places = spread(
    all.map(({ y }) => y),
    TEXT,
    EDGE.top,
    HEIGHT - EDGE.bottom - 4,
  );
  return [
    ...hooks.map(({ kind, d }) => svg('path', { class: `bracket ${kind}`, d })),
    ...all.flatMap(({ kind, name, x, y }, i) => {
      const at = places[i] ?? y;
      const d = `M${x + 12} ${y}L${x + 20} ${at}`;
      const leader = svg('path', { class: `leader ${kind}`, d });
      return [leader, svg('text', { class: kind, x: x + 22, y: at + 4 }, name)];
    }),
  ];
}
