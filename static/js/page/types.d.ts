// What the parts of a page are given.

import type { openNetworkPage } from '../first.js';
import type { Editor } from '../input/editor.js';
import type { Pad } from '../input/pad.js';
import type { Point } from '../stage/pointing.js';
import type { Network } from '../wire/questions.js';
import type { Reader } from '../wire/reader.js';
import type { Address } from './link/address.js';
import type { Explained, Offer as Offered, Panel as AnyPanel } from '../account/types.d.ts';
import type { Panels } from './panels.js';
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
  /** What Escape may end. */
  readonly ends: Set<() => boolean>;
}

/** Something that can be done on the page: a value in the roster. */
export interface Feature {
  readonly name: string;
  open(page: Page): Offer | void;
}

/** What a feature of this page offers once it is open. */
export type Offer = Offered<State>;

/** A panel of this page. */
export type Panel = AnyPanel<State>;
