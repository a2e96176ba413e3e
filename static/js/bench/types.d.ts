// What a section of the bench is, and what the page gives to it.

import type { AccountState } from '../account/state.js';
import type { Loop } from '../core/loop.js';
import type { Store } from '../core/store.js';
import type { Themes } from '../core/theme.js';
import type { Timing } from '../core/timing.js';
import type { Viewport } from '../core/viewport.js';
import type { Cell, NetworkSpec, Tensor, Tensors } from '../geometry/types.d.ts';
import type { Size } from '../input/prepare.js';
import type { Stroke } from '../input/strokes.js';
import type { Colours } from '../render/brush.js';
import type { Stage } from '../stage/stage.js';
import type { Shown, StageState } from '../stage/state.js';
import type { openAddress } from './address.js';
import type { openBenchLesson } from './lesson.js';
import type { Operations } from '../wire/operations.js';
import type { Question } from '../wire/questions.js';
import type { Reader } from '../wire/reader.js';

/** A kind of value that a visitor gives: what it is at first, and how a link says it. */
export interface Field<Value> {
  readonly first: Value;
  write(value: Value): string;
  /** Throws where it does not fit. */
  read(text: string): Value;
  /** What the server is asked to make numbers of it, where it is a picture: they come with what is prepared, under the field's name. */
  numbers?(value: Value): Promise<Question>;
  /** What it is where one came with a drawing, and nothing else is said: that drawing. */
  drawn?(drawing: string): Value;
}

/** A picture as it was given: another one is another object. */
export type Picture =
  | { readonly from: 'drawing'; readonly strokes: readonly Stroke[] }
  | { readonly from: 'digit'; readonly digit: number }
  | { readonly from: 'boat' }
  | {
      readonly from: 'file';
      readonly file: Blob;
      readonly size: Size | null;
      /** What networks read of it, where that is known: 28×28, 0 is paper. */
      readonly pixels?: Uint8Array;
    };

export type Fields<Given> = { readonly [Name in keyof Given]: Field<Given[Name]> };

/** Of one section: its stage, its account, and what was given to it. */
export interface SectionState<Given> extends AccountState {
  readonly given: Readonly<Given>;
  /** Why there is no answer to what was given: a sentence of the server's; '' where there is one. */
  readonly refused: string;
  /** Which of the layers that were asked for the sentence is about; null for none. */
  readonly place: number | null;
  /** What was given is not answered yet. */
  readonly busy: boolean;
}

export type SectionStore<Given> = Store<SectionState<Given>>;

/** What hands do in a section. */
export interface Hands<Given> {
  readonly elements: readonly HTMLElement[];
  /** What stands below the account, as wide as the section; the account stays in sight beside it. */
  readonly below?: readonly HTMLElement[];
  /** Called in each frame in which something of the state is other. */
  show(state: Readonly<SectionState<Given>>): void;
  /** It is out of sight: a camera goes out. */
  pause?(): void;
}

/** What is known once a question is answered: whether the guess was right, and why. */
export interface Verdict {
  readonly right: boolean;
  readonly says: string;
}

/**
 * A section as a value: what is given, what the server makes of it, and what one does it with. Title,
 * sentences and question stand in its template; all else is the same for every section.
 */
export interface Section<Given = any> {
  /** Its anchor, its template, and the first word of its keys. */
  readonly name: string;
  readonly fields: Fields<Given & { readonly guess: string }>;
  /** What the server is asked to compute; nothing else is ever computed. The numbers of pictures are among what is prepared, by the names of their fields. */
  asks(given: Readonly<Given>, prepared: Tensors, loaded: any): Asked;
  /** What it is asked before that, where one question needs the answer to another: `asks` is given its tensors. */
  prepares?(given: Readonly<Given>, pictures: Tensors): Asked | null;
  /** More about the same input, which is shown beside it: asked anew only where it is another object. */
  besides?(given: Readonly<Given>, prepared: Tensors, loaded: any): Asked;
  /** What it needs of the server first: nothing is asked before it is here. */
  loads?(): Promise<any>;
  /** What is asked where a layer behind the first was refused, beside the sentence: of the place, from 1. */
  instead?(given: Readonly<Given>, prepared: Tensors, place: number): Asked;
  /** Which cell the account begins with. */
  readonly begins: Cell;
  /** How its stage is, where it is not like all others. */
  readonly looks?: Partial<Pick<StageState, 'hidden' | 'scale'>>;
  hands(stand: Stand<Given>): Hands<Given>;
  /** Null until the numbers that it takes are here. */
  verdict(given: Readonly<Given & { guess: string }>, shown: Shown): Verdict | null;
  /** What else changes with a guess, so that it is seen. */
  readonly shows?: Partial<Given>;
}

/** What a section's hands are given. */
export interface Stand<Given> {
  readonly store: SectionStore<Given>;
  give(patch: Partial<Given>): void;
  /** Points at a cell, or at the nearest that there is. */
  point(cell: Cell): void;
  /** Brings the stage into sight, where arrow keys now walk. */
  look(): void;
  readonly page: Pick<BenchPage, 'viewport' | 'theme'>;
  /** Of the stage, as the theme has them. */
  colours(): Colours;
}

/** A section that is open. */
export interface OpenSection {
  readonly section: Section;
  readonly element: HTMLElement;
  readonly store: SectionStore<any>;
  readonly stage: Stage;
  readonly keys: Readonly<Record<string, () => void>>;
  /** For Escape: whether there was anything to end. */
  release(): boolean;
  /** It is out of sight: nothing plays. */
  pause(): void;
}

/** What the page gives to its sections. */
export interface BenchPage {
  readonly root: HTMLElement;
  readonly theme: Themes;
  readonly loop: Loop;
  readonly viewport: Viewport;
  readonly reader: Reader;
  readonly timing: Timing;
  /** By name. */
  readonly opened: ReadonlyMap<string, OpenSection>;
  /** What the link says of a section. */
  read(section: Section): Pick<SectionState<any>, 'given' | 'pinned' | 'play'>;
  /** What the address says, and what of it is no section's. */
  readonly address: ReturnType<typeof openAddress>;
  /** Says a sentence. */
  tell(sentence: string): void;
  /** Null until it is open. */
  lesson: ReturnType<typeof openBenchLesson> | null;
  /** The address says soon what this section is like. */
  keep(name: string): void;
  /** What was chosen on an earlier visit. */
  kept(): Pick<AccountState, 'form' | 'unfolded'>;
}

/** Floats in a shape. */
export type Given = Tensor & { readonly data: Float32Array };

/** Numbers that the page keeps, too: the weights are accounted for. */
export interface Asked extends Operations {
  readonly input: Tensor & { readonly data: Float32Array | Uint8Array };
  readonly weights: Readonly<Record<string, Given>>;
  /** How its numbers are painted, where that is not as ink on paper. */
  readonly painted?: Pick<NetworkSpec['input'], 'zero' | 'greys'>;
}

export type { Cell };
