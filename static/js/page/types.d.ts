// What the parts of a page are given.

import type { openNetworkPage } from '../first.js';
import type { Editor } from '../input/editor.js';
import type { Pad } from '../input/pad.js';
import type { Point } from '../stage/pointing.js';
import type { Network } from '../wire/questions.js';
import type { Reader } from '../wire/reader.js';
import type { Address } from './link/address.js';
import type { Explained, Offer as Offered, Panel as AnyPanel } from '../account/types.d.ts';
import type { PanelName } from '../account/state.js';
import type { Panels } from './panels.js';
import type { Progress } from './progress.js';
import type { State } from './state.js';
import type { Opening } from '../account/subject.js';

/** As it is when the network stands on its stage. */
export type Opened = ReturnType<typeof openNetworkPage>;

/** As it is when it can be drawn on: for its features. */
export interface Page extends Opened, Omit<Explained, 'store' | 'stage' | 'loop'> {
  /** Of the network. */
  readonly id: string;
  /** Whom questions about drawings go to: the network that is shown. */
  readonly network: Network;
  readonly reader: Reader;
  readonly editor: Editor;
  readonly pad: Pad;
  /** Aborted once a page was touched on this device, be it now or in an earlier visit. */
  readonly touched: AbortSignal;
  /** Lets one point at what shows the stage. */
  readonly point: Point;
  /** The link to all that is on the page. */
  readonly address: Address;
}

/** What features add to. */
export interface Around {
  readonly keys: Record<string, () => void>;
  readonly actions: Record<string, () => void>;
  readonly panels: Panels;
  readonly progress: Progress;
  /** What Escape may end. */
  readonly ends: Set<() => boolean>;
}

/** Something that can be done on the page: a value in the roster. */
export interface Feature {
  readonly name: string;
  open(page: Page): Offer | void;
}

/**
 * A feature that is loaded when it is first wanted: by the key or button of one of its panels, or by
 * what the state says.
 */
export interface Wanted {
  readonly name: string;
  /** The key of each of its panels, which say none themselves. */
  readonly panels?: Readonly<Partial<Record<PanelName, string>>>;
  /** What of the state wants it, beside its panels. */
  readonly when?: (state: Readonly<State>) => boolean;
  readonly load: () => Promise<Feature>;
}

/** What a feature of this page offers once it is open. */
export interface Offer extends Omit<Offered<State>, 'panels'> {
  readonly panels?: Readonly<Partial<Record<PanelName, Panel>>>;
}

/** A panel of this page: its key, unless the roster says it. */
export type Panel = Omit<AnyPanel<State>, 'key'> & { readonly key?: string };
