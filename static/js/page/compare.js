// Compares: two networks on one drawing, or two drawings through one network, with their difference.

import { correspondence, guess, inverse, sharedLimits, translated } from '../scene/compare.js';
import { foldGraph, LEAST_SHOWN } from '../scene/fold.js';
import { message } from '../text/messages.js';
import { createComparePanel } from '../ui/compare.js';
import { errorText } from '../text/refusals.js';
import { fetchModels } from '../wire/model.js';
import { createLane, createLaneHead, showDifference } from './compare/lane.js';
import { fetchOther, readAlong } from './compare/other.js';
import { toldOf } from './compare/told.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { ModelSummary } from '../wire/types.d.ts' */
/** @import { Lane } from './compare/lane.js' */
/** @import { Other } from './compare/other.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */
/** @import { Comparison as Chosen, State, Trace } from './state.js' */

/**
 * What stands beside the stage at present.
 *
 * @typedef {object} Comparison
 * @property {string} chosen id of the other network, or 'drawing'
 * @property {string} here what the page's own reading is called
 * @property {string} name of the reading in the second picture
 * @property {Other} other whose reading that is
 * @property {ReadonlyMap<string, string>} corresponding its layers by the page's
 * @property {Lane[]} lanes the second picture, and the difference where there is one
 * @property {() => void} stop
 */

/** @type {Feature} */
export const compare = { name: 'compare', open: (page) => new Compare(page).offer };

class Compare {
  #page;
  /** @type {Comparison | null} */
  #now = null;
  #models = /** @type {readonly ModelSummary[]} */ ([]);
  #head;
  #notice = '';
  /** What the cells showed before. */
  #quantity = 'value';
  #acts;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    this.#head = createLaneHead(page.stage, () => this.#choose(null));
    this.#acts = {
      network: (/** @type {string} */ network) => this.#choose({ network }),
      drawing: () => this.#keep(),
      end: () => this.#choose(null),
      close: page.opening.close,
    };
    page.store.subscribe((state, changed) => this.#follow(state, changed));
    const { panel, comparison } = page.store.get();
    this.#follow(page.store.get(), { panel, comparison }); // a link may say so
  }

  /** @returns {Offer} */
  get offer() {
    /** @type {import('./types.d.ts').Panel} */
    const panel = {
      goesOn: () => this.#compares,
      reads: ['compared', 'trace', 'pointed', 'pinned'],
      make: (_, shape) => {
        const { element, show } = createComparePanel(shape, this.#acts);
        return { element, show: (state) => show(this.#told(state)) };
      },
    };
    return {
      panels: { compare: panel },
      release: () => this.#compares && (this.#choose(null), true),
    };
  }

  async #list() {
    this.#models = await fetchModels().catch(() => []);
    this.#renew();
  }

  get #compares() {
    return this.#page.store.get().comparison !== null;
  }

  /**
   * Values stand beside values; afterwards the cells show what they showed before.
   *
   * @param {Chosen | null} comparison
   */
  #choose(comparison) {
    const { store } = this.#page;
    if (!this.#compares) this.#quantity = store.get().quantity;
    store.set({ comparison, quantity: comparison ? 'value' : this.#quantity });
  }

  #keep() {
    const { trace, drawing, center } = this.#page.store.get();
    if (trace) this.#choose({ drawing, center, trace });
    else this.#say(message('compare.first'));
  }

  /** @param {Chosen | null} comparison */
  #turn(comparison) {
    this.#end();
    if (comparison && 'network' in comparison) void this.#withNetwork(comparison);
    else if (comparison) this.#withDrawing(comparison);
  }

  /** @param {Exclude<Chosen, { drawing: unknown }>} comparison */
  async #withNetwork(comparison) {
    const { store } = this.#page;
    const id = comparison.network;
    const other = await fetchOther(id).catch((error) => this.#say(errorText(error)));
    if (store.get().comparison !== comparison) return;
    if (!other) return store.set({ comparison: null, notice: this.#notice });
    const lane = this.#lane(other);
    const anew = async () => this.#turn(comparison);
    const stop = readAlong(this.#page, other, anew, (trace) => {
      lane.store.set({ trace });
      this.#match(this.#page.store.get());
      this.#renew();
    });
    const here = store.get().spec?.title ?? '';
    this.#begin({ chosen: id, here, name: other.spec.title, lanes: [lane], other, stop });
  }

  /** @param {Exclude<Chosen, { network: unknown }>} comparison */
  #withDrawing({ drawing, center, trace }) {
    const { store, network, reader, id } = this.#page;
    const { spec, graph, weights } = store.get();
    if (!spec || !graph || !weights) return;
    const own = { id, spec, graph, weights };
    const lanes = [this.#lane(own), this.#lane(own)];
    const asker = reader.asker({
      onAnswer: (read) => {
        lanes[0]?.store.set({ trace: { ...read, size: drawing.size } });
        this.#match(store.get());
        this.#renew();
      },
    });
    if (trace) lanes[0]?.store.set({ trace });
    else asker.ask({ network, what: 'trace', drawing, center });
    const [here, name] = [message('compare.now'), message('compare.kept')];
    this.#begin({ chosen: 'drawing', here, name, lanes, other: own, stop: asker.end });
  }

  /** @param {Omit<Comparison, 'corresponding'>} what */
  #begin(what) {
    const { store, stage, root } = this.#page;
    const { graph } = store.get();
    if (!graph) return;
    const row = [stage, ...what.lanes.map((lane) => lane.stage)];
    for (const one of row) one.view.beside = row.map(({ view }) => view);
    stage.company.row = row;
    this.#now = { ...what, corresponding: correspondence(graph, what.other.graph) };
    stage.place.before(this.#head.element);
    root.dataset['compare'] = String(what.lanes.length);
    this.#notice = '';
    this.#hide(store.get());
    this.#link(store.get());
    this.#match(store.get());
    this.#renew();
  }

  #end() {
    const { store, stage, root } = this.#page;
    const now = this.#now;
    this.#now = null;
    if (!now) return;
    now.stop();
    stage.view.beside = [];
    stage.company.row = [];
    for (const lane of now.lanes) lane.end();
    this.#head.element.remove();
    delete root.dataset['compare'];
    store.set({ beside: null });
    this.#renew();
  }

  /** One more picture at the right of the last. @param {Other} network */
  #lane(network) {
    const lane = createLane(this.#page, network, {
      point: (cell) => this.#from(lane, cell, 'pointed'),
      pin: (cell) => this.#from(lane, cell, 'pinned'),
    });
    return lane;
  }

  /**
   * A cell of a lane was pointed at: so is the one that corresponds to it.
   *
   * @param {Lane} lane
   * @param {import('../geometry/types.d.ts').Cell | null} cell
   * @param {'pointed' | 'pinned'} how
   */
  #from(lane, cell, how) {
    const { store } = this.#page;
    const { graph } = store.get();
    if (!this.#now || !graph) return;
    const { corresponding, other } = this.#now;
    const there = translated(inverse(corresponding), other.graph, graph, cell);
    store.set({ [how]: there, walking: false });
    lane.store.set({ [how]: cell });
    this.#renew();
  }

  /**
   * @param {Readonly<State>} state
   * @param {Partial<State>} changed
   */
  #follow(state, changed) {
    /** @param {(keyof State)[]} keys */
    const news = (...keys) => keys.some((key) => key in changed);
    if (news('panel') && state.panel === 'compare' && !this.#models.length) void this.#list();
    if (news('comparison')) return this.#turn(state.comparison);
    if (!this.#now) return;
    if (news('graph', 'weights')) return this.#choose(null); // kept readings are of the old ones
    if (news('hidden', 'folded')) this.#hide(state);
    if (news('pointed', 'pinned')) this.#link(state);
    if (news('trace', 'scale')) this.#match(state);
  }

  /** What corresponds to hidden layers is hidden, too, if that leaves a network. @param {Readonly<State>} state */
  #hide({ hidden, folded }) {
    const now = this.#now;
    if (!now) return;
    const there = hidden.flatMap((layer) => now.corresponding.get(layer) ?? []);
    const left = foldGraph(now.other.graph, folded, there).visible.length;
    for (const { store } of now.lanes) store.set({ hidden: left < LEAST_SHOWN ? [] : there });
  }

  /** @param {Readonly<State>} state */
  #link({ graph, pointed, pinned }) {
    const now = this.#now;
    if (!now || !graph) return;
    for (const { store } of now.lanes) {
      const there = (/** @type {State['pointed']} */ cell) =>
        translated(now.corresponding, graph, now.other.graph, cell);
      store.set({ pointed: there(pointed), pinned: there(pinned) });
    }
  }

  /**
   * One scale for all, the difference anew, and what stands above each picture.
   *
   * @param {Readonly<State>} state
   */
  #match({ graph, trace, scale }) {
    const now = this.#now;
    const [other, third] = now?.lanes ?? [];
    if (!now || !other || !graph) return;
    const theirs = other.store.get().trace;
    const mine = readingOf(graph, trace);
    const reading = readingOf(now.other.graph, theirs);
    const limits = sharedLimits(mine, reading, now.corresponding, scale);
    this.#page.store.set({ beside: { limits: limits.a, then: null } });
    other.store.set({ beside: { limits: limits.b, then: null } });
    if (third) showDifference(third, trace, theirs, limits.a);
    this.#head.title(now.here, guess(mine, 0));
    other.title(now.name, guess(reading, 0));
  }

  /** @param {Readonly<State>} state */
  #told(state) {
    return {
      ...toldOf(state, this.#now, this.#page.reader.times, this.#page.id),
      models: this.#models.filter(({ id }) => id !== this.#page.id),
      chosen: this.#now?.chosen ?? null,
      notice: this.#notice,
    };
  }

  /** @param {string} notice */
  #say(notice) {
    this.#notice = notice;
    this.#renew();
    return null;
  }

  #renew() {
    const { store } = this.#page;
    store.set({ compared: store.get().compared + 1 });
  }
}

/**
 * @param {Graph} graph
 * @param {Trace | null} trace
 * @returns {import('../scene/compare.js').Side}
 */
function readingOf(graph, trace) {
  const { tensors = null } = trace ?? {};
  return { name: '', graph, trace: tensors, accuracy: null, times: [], cell: null };
}
