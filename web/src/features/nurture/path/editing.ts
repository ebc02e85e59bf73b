import { createContext, useContext } from 'react';
import type { NurtureReport } from '@/api/types';
import type { Definition } from './definition';
import type { Kind } from './newSteps';
import type { Slot } from './steps';

export type StepFigures = NurtureReport['steps'][number];
export type Mark = { tone: 'ok' | 'warn' | 'bad'; text: string };
/** A figure of a step that is opened down to its leads or messages. */
export type Figure = { step: string; what: 'reached' | 'waiting' | 'sent' | 'opened' | 'clicked' | 'skipped' | 'unknown' | 'dead'; reason?: string; title: string };

/** What the parts of a path need to know of the whole, and what they may do to it. */
export type Editing = {
  definition: Definition;
  /** Absent where the path is only looked at. */
  act: {
    open: (target: string) => void;
    add: (slot: Slot, kind: Kind) => void;
    place: (slot: Slot) => void;
    pick: (key: string | null) => void;
    shift: (key: string, by: -1 | 1) => void;
    duplicate: (key: string) => void;
    remove: (key: string) => void;
  } | null;
  opened: string | null;
  /** The step that looks for a new place. */
  picked: string | null;
  /** What is wrong, by the key of the step. */
  faults: ReadonlyMap<string, string[]>;
  /** What is yet to be done before a step can send, by its key; it is skipped until then. */
  todos?: ReadonlyMap<string, string[]>;
  /** What each step says, by its key. */
  words: ReadonlyMap<string, string>;
  figures: ReadonlyMap<string, StepFigures>;
  /** Opens a figure; absent where there is nothing to open. */
  onFigure: ((figure: Figure) => void) | null;
  marks: ReadonlyMap<string, Mark>;
};

const Context = createContext<Editing | null>(null);
export const EditingProvider = Context.Provider;

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (!editing) throw new Error('Parts of a path are drawn inside its tree.');
  return editing;
}
