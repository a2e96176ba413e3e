// What the parts of a page are given.

import type { openNetworkPage } from '../first.js';
import type { Editor } from '../input/editor.js';
import type { KeyMap } from '../input/keys.js';
import type { Pad, Tool } from '../input/pad.js';
import type { Point } from '../stage/pointing.js';
import type { Link } from '../wire/link.js';
import type { Journey } from './journey.js';
import type { Panels } from './panels.js';

/** As it is when the network stands on its stage. */
export type Opened = ReturnType<typeof openNetworkPage>;

/** As it is when it can be drawn on: for those who come later. */
export interface Page extends Opened {
  /** Of the network. */
  readonly id: string;
  /** Of the network: its routes lie below it. */
  readonly url: string;
  readonly link: Link;
  readonly editor: Editor;
  readonly pad: Pad;
  readonly tool: () => Tool;
  readonly journey: Journey;
  readonly panels: Panels;
  /** Lets one point at what shows the stage. */
  readonly point: Point;
  /** By the name in data-action. */
  readonly actions: Record<string, () => void>;
  /** By name, as `input/keys.js` says. */
  readonly keys: Record<string, () => void>;
}
