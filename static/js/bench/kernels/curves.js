// A curve for each kernel: how it answers to a stroke at every angle. Its points can be pointed at.

import { message } from '../../text/messages.js';
import { brief } from '../../text/numbers.js';
import { button, html, say, svg, tenth } from '../../ui/dom.js';
import { kernelsIn } from './named.js';
import { PICTURES, TURN } from './strip.js';

/** @import { Cell, Tensors } from '../../geometry/types.d.ts' */
/** @import { Kernel } from './named.js' */

const WIDTH = 260;
const HEIGHT = 96;
const MARGIN = { x: 10, top: 22, bottom: 18 };
/** Above so much of the strongest answer the weakest is nearly as strong. */
const FLAT = 0.8;
const DOT = 2.5;

/**
 * @param {object} options
 * @param {string} options.many the layer of the kernels that have a name
 * @param {string} options.learnt the layer of the others
 * @param {(layer: string) => string} options.answer where the answers of a layer's kernels are
 * @param {(cell: Cell) => void} options.point
 * @param {(which: number) => void} options.take
 */
export function createCurves({ many, learnt, answer, point, take }) {
  const element = html('div', { class: 'curves' });
  /** @type {ReturnType<typeof createCurveCard>[]} */
  let cards = [];
  /** @type {unknown} */
  let built = null;

  /** @param {Tensors} trace @param {Tensors} weights @param {number} of which of them is on the stage @param {Cell | null} cell that is accounted for */
  function show(trace, weights, of, cell) {
    const weight = weights.get(`${learnt}.weight`) ?? element;
    if (built !== weight) {
      built = weight;
      cards = kernelsIn(weights, many, learnt).map((kernel, i) =>
        createCurveCard({ ...kernel, layer: answer(kernel.layer) }, point, () => take(i)),
      );
      element.replaceChildren(...cards.map((card) => card.element));
    }
    for (const [i, card] of cards.entries()) card.show(trace, i === of, cell);
  }
  return { element, show };
}

/** @param {Kernel} kernel @param {(cell: Cell) => void} point @param {() => void} take */
function createCurveCard({ name, layer, channel }, point, take) {
  const label = message('bench.angles.take.one', { name });
  const taken = { class: 'action', 'aria-label': label, onclick: take };
  const stage = button(taken, message('bench.angles.take'));
  const curve = createAnswers(name, (column) => point({ layer, channel, row: 0, column }));
  const said = html('p');
  const words = [html('h3', {}, name), curve.element, said, stage];
  /** @type {unknown} */
  let known = null;

  /** @param {Tensors} trace @param {boolean} chosen @param {Cell | null} cell */
  function show(trace, chosen, cell) {
    const tensor = trace.get(layer);
    if (tensor && tensor.data !== known) {
      known = tensor.data;
      const count = tensor.shape[2] ?? 0;
      const values = Array.from(tensor.data.subarray(channel * count, (channel + 1) * count));
      curve.draw(values);
      say(said, saidOf(values));
    }
    stage.ariaPressed = String(chosen);
    curve.mark(cell?.layer === layer && cell.channel === channel ? cell.column : -1);
  }
  return { element: html('article', { class: 'curve-card' }, ...words), show };
}

/** @param {string} name @param {(column: number) => void} point */
function createAnswers(name, point) {
  const line = svg('path', { class: 'graph' });
  const most = svg('text', { x: MARGIN.x, y: 12 });
  const dots = svg('g', {});
  const ground = `M${MARGIN.x} ${HEIGHT - MARGIN.bottom}H${WIDTH - MARGIN.x}`;
  const ends = [0, 90, 180].map((angle) => {
    const place = { x: x(angle / TURN), y: HEIGHT - 4, class: 'angle' };
    return svg('text', place, message('bench.angles.angle', { angle }));
  });
  const element = svg(
    'svg',
    {
      ...{ viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT },
      ...{ class: 'curve', role: 'img', 'aria-label': name },
    },
    ...[svg('path', { class: 'axis', d: ground }), line, dots, most, ...ends],
  );

  function follow(/** @type {PointerEvent} */ { clientX }) {
    const { left, width } = element.getBoundingClientRect();
    const across = ((clientX - left) / width) * WIDTH - MARGIN.x;
    const last = PICTURES - 1;
    const column = Math.round((across / (WIDTH - 2 * MARGIN.x)) * last);
    point(Math.max(0, Math.min(last, column)));
  }
  element.addEventListener('pointerdown', follow);
  element.addEventListener('pointermove', follow);

  return {
    element,
    /** @param {readonly number[]} values */
    draw(values) {
      const y = scale(Math.max(...values));
      const places = values.map((value, i) => ({ cx: x(i), cy: y(value) }));
      line.setAttribute('d', `M${places.map(({ cx, cy }) => `${cx} ${cy}`).join('L')}`);
      dots.replaceChildren(...places.map((place) => svg('circle', { ...place, r: DOT })));
      say(most, brief(Math.max(...values), 3));
    },
    /** @param {number} here which point is accounted for; −1 for none */
    mark(here) {
      for (const [i, dot] of [...dots.children].entries()) {
        dot.classList.toggle('here', i === here);
        dot.setAttribute('r', String(i === here ? 2 * DOT : DOT));
      }
    },
  };
}

/** @param {number} i which of the pictures */
const x = (i) => tenth(MARGIN.x + (i * TURN * (WIDTH - 2 * MARGIN.x)) / 180);

/** @param {number} most */
function scale(most) {
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom];
  return (/** @type {number} */ value) => tenth(bottom - (value / (most || 1)) * (bottom - top));
}

/** @param {readonly number[]} values */
function saidOf(values) {
  const [most, least] = [Math.max(...values), Math.min(...values)];
  const angle = values.indexOf(most) * TURN;
  const gaps = { angle, most: brief(most, 3), least: brief(least, 3) };
  return message(least >= FLAT * most ? 'bench.angles.flat' : 'bench.angles.strongest', gaps);
}
