// The contract between an account's place and the views that fill it.

import type { Colours, Span } from '../../render/brush.js';
import type { Cell, Receipt } from '../../kinds/receipt.d.ts';

/** What is told: one cell, with the scales that the stage paints it in. */
export interface Told<Kind extends Receipt = Receipt> {
  readonly receipt: Kind;
  /** In words beside the numbers: what it is (where no question is answered), what comes after it, who reads it (pooling). */
  readonly said: { readonly is: string; readonly after: readonly string[]; readonly goes: string };
  readonly colours: Colours;
  /** The stage's scale for one map. */
  readonly span: (layer: string, channel: number) => Span;
  /** Which trace this is: pictures of the drawing are painted anew only with it. */
  readonly drawn: object;
  readonly tensor: (layer: string) => ArrayLike<number> | null;
  /** Null of what is no cell. */
  readonly pinned: boolean | null;
  /** All of it in words, not only what matters. */
  readonly unfolded: boolean;
}

/** What views may ask the page to do. */
export interface Means {
  readonly jump: (cell: Cell) => void;
  /** The drawing pad, to be painted small. */
  readonly pad: () => CanvasImageSource | null;
  /** Fetches the trace for the code and keeps it as a file; says so when that is refused. Not needed by pictures. */
  readonly save?: () => Promise<void>;
  /** In words, all of it is wanted from now on, or not. Not needed by pictures. */
  readonly unfold?: (all: boolean) => void;
  readonly narrow: boolean;
  /** Half the width: beside another account. */
  readonly slim?: boolean;
}

/** One form of the account of one layer's cells: made once, told each cell anew. */
export interface FormView {
  readonly element: HTMLElement;
  readonly show: (told: Told) => void;
}
