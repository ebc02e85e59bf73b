import { createContext, useCallback, useContext } from 'react';
import type { FieldMeta, Name } from '@/api/types';
import { useName } from '@/ui/names';

type Named = { key: string; name: Name };

/** The words that a flow may use: facts for conditions, roles, clock policies, and the lines of its form. */
export type Vocabulary = {
  operands: FieldMeta[];
  roles: Named[];
  policies: Named[];
  recordTypes: Named[];
};

const Context = createContext<Vocabulary>({ operands: [], roles: [], policies: [], recordTypes: [] });
export const VocabularyProvider = Context.Provider;

export function useVocabulary(): Vocabulary {
  return useContext(Context);
}

export function useOperands(): FieldMeta[] {
  return useVocabulary().operands;
}

/** Gives the name of a role by its key. */
export function useRoleNames(): (key: string) => string {
  const { roles } = useVocabulary();
  const name = useName();
  return useCallback((key: string) => name(roles.find((role) => role.key === key)?.name) || key, [roles, name]);
}
