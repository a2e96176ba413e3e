// What accounts for the cells of a stage is given, and what it offers.

import type { Loop } from '../core/loop.js';
import type { Stage } from '../stage/stage.js';
import type { AccountState, AccountStore, PanelName } from './state.js';
import type { Opening, Subject } from './subject.js';

/** A stage with the place of its account. */
export interface Explained {
  readonly store: AccountStore;
  readonly stage: Stage;
  readonly loop: Loop;
  /** Within it words lead to their entries. */
  readonly app: HTMLElement;
  /** The account's place. */
  readonly place: HTMLElement;
  /** How what stands in the account's place comes and goes. */
  readonly opening: Opening;
  /** What else is seen when the way of an entry is taken, by entry: as far as the page has it. */
  readonly ways: Readonly<Record<string, Partial<AccountState>>>;
  /** The drawing pad, to be painted small. */
  readonly padImage: () => CanvasImageSource | null;
}

/** Of the account's place. */
export type Shape = 'open' | 'line' | 'sheet';

/**
 * Something else for the account's place, for as long as the state's `panel` names it. It is built
 * anew where its shape changes or what it is built of; else it only shows other numbers.
 */
export interface Panel<State extends AccountState = AccountState> {
  /** That opens and closes it, as its name in data-action does. */
  readonly key: string;
  /** Selector of what takes the focus when it is opened. */
  readonly focus?: string;
  /** The map that it is opened for; without one it stays closed. */
  readonly subject?: (state: Readonly<State>) => Subject | null;
  /** Called before it is opened by its key or its button, while the focus is where it was. */
  readonly opens?: () => void;
  /** Whether its button looks pressed while it is closed, too. */
  readonly goesOn?: () => boolean;
  /** Which changes of the state concern it, beside its place's. */
  readonly reads: readonly (keyof State)[];
  /** What it is built of. */
  readonly of?: (state: Readonly<State>, shape: Shape) => readonly unknown[];
  readonly make: (
    state: Readonly<State>,
    shape: Shape,
  ) => { element: HTMLElement; show: (state: Readonly<State>) => void };
}

/** What a feature offers once it is open. Nobody else may offer a key or an action of the same name. */
export interface Offer<State extends AccountState = AccountState> {
  /** By name, as `input/keys.js` says. */
  readonly keys?: Readonly<Record<string, () => void>>;
  /** By the name in data-action. */
  readonly actions?: Readonly<Record<string, () => void>>;
  /** What stands in the account's place while the state's `panel` names it. */
  readonly panels?: Readonly<Partial<Record<PanelName, Panel<State>>>>;
  /** Escape, where nothing is open or pinned: whether there was anything to end. */
  readonly release?: () => boolean;
}
