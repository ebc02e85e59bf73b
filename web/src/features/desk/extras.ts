import { createContext, useContext, type ComponentType } from 'react';
import type { TypeMeta } from '@/api/types';

type Part = { type: string; id: number };
type Act = { ids: number[]; onClose: () => void; onDone: () => void };

/** What the layers above the desk add to records: sides of a record, and what can be done with ticked ones. */
export type Extras = {
  /** What stands under the record's name. */
  heads: { key: string; fits: (type: TypeMeta) => boolean; Part: ComponentType<Part> }[];
  /** The label stands among the desk's tabs, by the key. */
  tabs: { key: string; fits: (type: TypeMeta) => boolean; Part: ComponentType<Part> }[];
  /** The label stands among the desk's bulk actions, by the key. */
  acts: { key: string; fits: (type: TypeMeta) => boolean; Dialog: ComponentType<Act> }[];
};

const Context = createContext<Extras>({ heads: [], tabs: [], acts: [] });
export const ExtrasProvider = Context.Provider;

export function useExtras(type: TypeMeta): Extras {
  const { heads, tabs, acts } = useContext(Context);
  return { heads: heads.filter((one) => one.fits(type)), tabs: tabs.filter((one) => one.fits(type)), acts: acts.filter((one) => one.fits(type)) };
}
