import { createContext, useContext } from 'react';
import type { Definition } from './definition';
import type { Kind } from './newNode';
import type { Slot } from './tree';

/** What the parts of the tree need to know of the whole, and what they may do to it. */
export type Designing = {
  definition: Definition;
  /** Absent where the tree is only looked at. */
  act: {
    open: (target: string) => void;
    add: (slot: Slot, kind: Kind) => void;
    place: (slot: Slot) => void;
    pick: (key: string | null) => void;
    remove: (key: string) => void;
    duplicate: (key: string) => void;
    addBranch: (fork: string) => void;
    removeBranch: (address: string) => void;
    shiftBranch: (address: string, by: -1 | 1) => void;
  } | null;
  opened: string | null;
  /** The node that looks for a new place. */
  picked: string | null;
  /** What is wrong, by the key of the node. */
  problems: ReadonlyMap<string, string[]>;
  /** What may be published and had better not, by the key of the node. */
  warnings?: ReadonlyMap<string, string[]>;
  /** Nodes to be marked, each with a word: the path of a preview, or a change between versions. */
  marks: ReadonlyMap<string, { tone: 'ok' | 'warn' | 'bad'; text: string }>;
  isChecked: boolean;
};

const Context = createContext<Designing | null>(null);
export const DesigningProvider = Context.Provider;

export function useDesigning(): Designing {
  const designing = useContext(Context);
  if (!designing) throw new Error('Parts of a flow are drawn inside its tree.');
  return designing;
}
