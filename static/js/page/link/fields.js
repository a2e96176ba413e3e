// What can be linked to: one table of all that a link says of the state, how it is written and read.

import { PANELS } from '../../account/state.js';
import { cueText, ledOf } from '../../lesson/led.js';
import { foldGraph, LEAST_SHOWN } from '../../scene/fold.js';
import { hasKernels } from '../../scene/kernels.js';
import { PACES, plays } from '../../scene/playing.js';
import { QUANTITIES } from '../../scene/quantities/index.js';
import { FORMS } from '../../ui/receipt/forms.js';
import { inkOf } from '../ink.js';
import { INITIAL, SCALES, unmoved } from '../state.js';
import { demand, drawingOf, drawingText } from '../../input/written.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Orbit } from '../../scene/space/types.d.ts' */
/** @import { Camera } from '../../scene/types.d.ts' */
/** @import { State, Trace } from '../state.js' */

/** Panels that are about a map. */
const ABOUT = new Set(['map', 'kernels', 'layers']);

/**
 * @typedef {object} Field
 * @property {readonly (keyof State)[]} of what in the state it is made of
 * @property {(state: Readonly<State>) => string} write '' where the state is as at first
 * @property {(text: string, graph: Graph, state: Partial<State>) => Partial<State>} read throws where it does not fit; `state` is what was read before
 * @property {boolean} [own] it is about this network, and not carried to another one
 */

/** By the name that it has in a link, in the order in which it is read. @type {Readonly<Record<string, Field>>} */
export const FIELDS = {
  drawing: {
    of: ['drawing'],
    write(state) {
      const { drawing, graph } = state;
      const trace = unmoved(state);
      return textOf(drawing, graph, trace?.drawing === drawing ? trace : null);
    },
    read: (text) => ({ drawing: drawingOf(text) }),
  },
  centre: flag('center', 'off'),
  brush: {
    of: ['brush'],
    write: ({ brush }) => (brush === INITIAL.brush ? '' : String(brush)),
    read: (text) => ({ brush: number(text, 0.02, 0.13) }),
  },
  pen: flag('erase', 'eraser'),
  activations: flag('folded', 'shown'),
  hidden: {
    of: ['hidden'],
    own: true,
    write: ({ hidden }) => hidden.join('.'),
    read(text, graph, { folded = true }) {
      const hidden = text.split('.');
      const left = foldGraph(graph, folded, hidden).visible.length;
      demand(hidden.every(graph.has) && left >= LEAST_SHOWN);
      return { hidden };
    },
  },
  cell: {
    of: ['pinned'],
    own: true,
    write: ({ pinned: cell }) =>
      cell ? [cell.layer, cell.channel, cell.row, cell.column].join('.') : '',
    read(text, graph, { hidden = [], folded = true }) {
      const [layer = '', channel, row, column, ...more] = text.split('.');
      /** @type {Cell} */
      const pinned = { layer, channel: whole(channel), row: whole(row), column: whole(column) };
      demand(more.length === 0 && graph.valid(pinned));
      demand(!hidden.includes(foldGraph(graph, folded).stand(layer)));
      return { pinned };
    },
  },
  form: choice('form', FORMS),
  scale: choice('scale', ['map', 'layer', 'network']),
  quantity: choice('quantity', Object.keys(QUANTITIES)),
  // As links said it while the paths were lines of the stage alone.
  lines: {
    of: ['panel'],
    write: () => '',
    read: (text) => (one(text, ['all', 'guess']) === 'guess' ? { panel: 'why' } : {}),
  },
  view: flag('space', 'space'),
  relief: flag('relief', 'on'),
  present: flag('present', 'on'),
  lesson: {
    of: ['lesson'],
    write: ({ lesson }) => lesson?.name ?? '',
    read: (text) => ({ lesson: ledOf(text, '1') }),
  },
  cue: {
    of: ['lesson'],
    write: ({ lesson }) => (lesson ? cueText(lesson) : ''),
    read: (text, _, { lesson }) => ({ lesson: ledOf(lesson?.name ?? '', text) }),
  },
  orbit: { of: ['orbit'], write: orbitText, read: (text) => ({ orbit: orbitOf(text) }) },
  camera: {
    of: ['camera'],
    own: true,
    write: cameraText,
    read: (text, graph) => ({ camera: cameraOf(text, graph) }),
  },
  map: {
    of: ['subject'],
    own: true,
    write: ({ subject, ...state }) =>
      subject && ABOUT.has(panelOf(state)) ? `${subject.layer}.${subject.channel}` : '',
    read(text, graph) {
      const [layer = '', channel, ...more] = text.split('.');
      const subject = { layer, channel: whole(channel) };
      demand(more.length === 0 && graph.valid({ ...subject, row: 0, column: 0 }));
      return { subject };
    },
  },
  panel: {
    of: ['panel', 'passing'],
    own: true,
    write: panelOf,
    read(text, graph, { subject }) {
      const panel = one(text, PANELS);
      demand(!ABOUT.has(panel) || Boolean(subject));
      demand(panel !== 'kernels' || hasKernels(graph, subject?.layer ?? ''));
      return { panel };
    },
  },
  term: {
    of: ['term'],
    write: ({ panel, term }) => (panel === 'glossary' && term ? term : ''),
    read(text) {
      demand(/^[a-z-]{1,30}$/.test(text));
      return { term: text };
    },
  },
  class: {
    of: ['chance'],
    own: true,
    write: ({ panel, chance }) => (panel === 'moves' && chance !== null ? String(chance) : ''),
    read(text, graph) {
      demand(whole(text) < graph.classes.length);
      return { chance: whole(text) };
    },
  },
  why: {
    of: ['asked', 'path', 'muted'],
    own: true,
    write({ panel, asked: { of, against }, path, muted }) {
      if (panel !== 'why') return '';
      return [of, against, path, muted ? 'muted' : ''].join('.').replace(/\.+$/, '');
    },
    read(text, graph) {
      const [of, against, path, muted = '', ...more] = text.split('.');
      demand(more.length === 0);
      one(muted, ['', 'muted']);
      const place = (/** @type {string | undefined} */ said) => (said ? whole(said) : null);
      const asked = { of: place(of), against: place(against) };
      demand([asked.of, asked.against].every((at) => (at ?? 0) < graph.classes.length));
      demand(!muted || Boolean(path));
      return { asked, path: place(path), muted: muted === 'muted' };
    },
  },
  save: {
    of: ['picture'],
    write({ picture: { scale, theme } }) {
      const first = scale === INITIAL.picture.scale && !theme;
      return first ? '' : `${scale} ${theme ?? ''}`.trim();
    },
    read(text) {
      const [scale = '', theme] = text.split(' ');
      const named = theme === undefined ? null : one(theme, ['light', 'dark']);
      return { picture: { scale: Number(one(scale, SCALES.map(String))), theme: named } };
    },
  },
  with: {
    of: ['comparison'],
    own: true,
    write: ({ comparison }) => (comparison && 'network' in comparison ? comparison.network : ''),
    read(text) {
      demand(/^[A-Za-z0-9][\w-]{0,39}$/.test(text));
      return { comparison: { network: text } };
    },
  },
  kept: {
    of: ['comparison'],
    own: true,
    write({ comparison, graph }) {
      if (!comparison || 'network' in comparison) return '';
      const { drawing, trace, center } = comparison;
      const text = textOf(drawing, graph, trace);
      return text && !center ? `${text} off` : text;
    },
    read(text) {
      const [drawing = '', off] = text.split(' ');
      demand(off === undefined || off === 'off');
      return { comparison: { drawing: drawingOf(drawing), center: !off, trace: null } };
    },
  },
  /** It stands where it was: a page that is opened does not move by itself. */
  play: {
    of: ['play'],
    own: true,
    write: ({ play }) => (play ? String(play.pace) : ''),
    read(text, graph, { pinned }) {
      demand(Boolean(pinned && plays(graph, pinned)));
      return { play: { running: false, pace: Number(one(text, PACES.map(String))) } };
    },
  },
};

/** But one that comes only while a caption is pointed at. @param {Pick<State, 'panel' | 'passing'>} state */
function panelOf({ panel, passing }) {
  return panel === 'layers' && passing ? '' : (panel ?? '');
}

/** Of a picture in the 255 steps in which it was read. @param {Drawing} drawing @param {Graph | null} graph @param {Trace | null} trace */
function textOf(drawing, graph, trace) {
  const read = graph && trace && drawing.file && inkOf(graph, trace).ink;
  const pixels = read && Uint8Array.from(read, (ink) => Math.round(255 * ink));
  return drawingText(drawing, pixels ?? drawing.pixels ?? null);
}

/** @param {'center' | 'erase' | 'folded' | 'space' | 'relief' | 'present'} key @param {string} word that says it is not as at first @returns {Field} */
function flag(key, word) {
  return {
    of: [key],
    write: (state) => (state[key] === INITIAL[key] ? '' : word),
    read: (text) => ({ [key]: one(text, [word]) === word && !INITIAL[key] }),
  };
}

/** @param {'form' | 'scale' | 'quantity'} key @param {readonly string[]} values @returns {Field} */
function choice(key, values) {
  return {
    of: [key],
    write: (state) => (state[key] === INITIAL[key] ? '' : state[key]),
    read: (text) => ({ [key]: one(text, values) }),
  };
}

/** The view that space begins with is the same whether one came back to it or never left it. */
/** @param {Readonly<State>} state */
function orbitText({ orbit }) {
  if (!orbit || orbit.preset === 'oblique') return '';
  const { azimuth, elevation, zoom, x, y, preset } = orbit;
  return preset ?? [azimuth, elevation, zoom, x, y].join(' ');
}

/** @param {string} text @returns {Orbit} */
function orbitOf(text) {
  const nowhere = { azimuth: 0, elevation: 0, zoom: 1, x: 0, y: 0 };
  const preset = /** @type {const} */ (['oblique', 'side', 'top', 'axis']).find(
    (one) => one === text,
  );
  if (preset) return { ...nowhere, preset }; // whose angles follow the stage
  const [azimuth = '', elevation = '', zoom = '', x = '', y = ''] = text.split(' ');
  return {
    azimuth: number(azimuth, -180, 180),
    elevation: number(elevation, -90, 90),
    zoom: number(zoom, 0.1, 100),
    x: number(x, -1e5, 1e5),
    y: number(y, -1e5, 1e5),
  };
}

/** Which point of which layer is in the middle: so it is found in a window of another size. */
/** @param {Readonly<State>} state */
function cameraText({ camera: { zoom, at } }) {
  return zoom === 1 || !at ? '' : [at.layer, at.u, at.v, zoom].join(' ');
}

/** @param {string} text @param {Graph} graph @returns {Camera} */
function cameraOf(text, graph) {
  const [layer = '', u = '', v = '', zoom = ''] = text.split(' ');
  demand(graph.has(layer));
  const at = { layer, u: number(u, -100, 100), v: number(v, -100, 100) };
  return { zoom: number(zoom, 1, 1000), x: NaN, y: NaN, at };
}

/** @template {string} Word @param {string} text @param {readonly Word[]} words @returns {Word} */
function one(text, words) {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new RangeError('There is no such choice.');
  return found;
}

/** @param {string} [text] @returns {number} */
function whole(text = '') {
  demand(/^\d{1,6}$/.test(text));
  return Number(text);
}

/** @param {string} text @param {number} least @param {number} most */
function number(text, least, most) {
  const value = Number(text || NaN);
  demand(value >= least && value <= most);
  return value;
}
