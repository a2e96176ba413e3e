// What the parts of a page are given.

import type { openNetworkPage } from '../first.js';
import type { Editor } from '../input/editor.js';
import type { Pad } from '../input/pad.js';
import type { Point } from '../stage/pointing.js';
import type { Network } from '../wire/questions.js';
import type { Reader } from '../wire/reader.js';
import type { Address } from './link/address.js';
import type { Panel, Panels } from './panels.js';
import type { PanelName } from './state.js';
import type { Opening } from './subject.js';

/** As it is when the network stands on its stage. */
export type Opened = ReturnType<typeof openNetworkPage>;

/** As it is when it can be drawn on: for its features. */
export interface Page extends Opened {
  /** Of the network. */
  readonly id: string;
  /** Whom questions about drawings go to: the network that is shown. */
  readonly network: Network;
  readonly reader: Reader;
  readonly editor: Editor;
  readonly pad: Pad;
  /** Lets one point at what shows the stage. */
  readonly point: Point;
  /** How what stands in the account's place comes and goes. */
  readonly opening: Opening;
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

/** What a feature offers once it is open. Nobody else may offer a key or an action of the same name. */
export interface Offer {
  /** By name, as `input/keys.js` says. */
  readonly keys?: Readonly<Record<string, () => void>>;
  /** By the name in data-action. */
  readonly actions?: Readonly<Record<string, () => void>>;
  /** What stands in the account's place while the state's `panel` names it. */
  readonly panels?: Readonly<Partial<Record<PanelName, Panel>>>;
  /** Escape, where nothing is open or pinned: whether there was anything to end. */
  readonly release?: () => boolean;
}
