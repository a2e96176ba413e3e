// What a page gives to the player of lessons.

import type { Lesson, LessonCue } from '../wire/types.d.ts';
import type { Led } from './led.js';
import type { Found } from './numbers.js';

/** A page on which a lesson can run. */
export interface Ground {
  readonly root: HTMLElement;
  /** Where the bar is put. */
  readonly app: HTMLElement;
  /** Its path below the root; null where no cue leads. */
  readonly page: LessonCue['page'] | null;
  /** Where in a lesson its link says that one is. */
  led(): Led | null;
  /** Keeps that, in its link too, and changes nothing else. */
  lead(led: Led | null): void;
  /** Whether it can show a lesson's cues at all: it is about this network. */
  has(lesson: Lesson): boolean;
  /** Shows a cue; what one has drawn stays, where the cue brings nothing of its own. */
  show(led: Led, lesson: Lesson, cue: LessonCue): void;
  /** What one has drawn, as a link says it; empty for nothing. */
  drawing(): string;
  /** What its words are about; null until it is here. */
  found(cue: LessonCue): Found | null;
  /** The part of the page that a spotlight is on. */
  spot(cue: LessonCue): Element | null;
  /** Says a sentence. */
  tell(sentence: string): void;
  /** The room that it has is another one. */
  refit(): void;
}
