import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { body, client } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { PrivacyPurpose } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { held, holdAnswer, holdPurposes, releaseAnswer, waiting, withAnswer, type Said } from './kept';

const key = (person: number) => ['privacy', 'purposes', person];

async function ask(person: number): Promise<PrivacyPurpose[]> {
  let items = (await body(client.GET('/api/privacy/purposes'))).items;
  for (const said of waiting(person)) items = await tell(person, said, items);
  holdPurposes(person, items);
  return items;
}

/** Sends an answer that was given without a network; one to words that have changed since is let go of. */
async function tell(person: number, said: Said, before: PrivacyPurpose[]): Promise<PrivacyPurpose[]> {
  try {
    const items = (await body(client.POST('/api/privacy/consents', { body: said }))).items;
    releaseAnswer(person, said.purpose);
    return items;
  } catch (error) {
    if (problemOf(error)?.status !== 0) releaseAnswer(person, said.purpose);
    return before;
  }
}

/** How a person's purposes are read; known without a network once they were. */
export function purposesQuery(person: number) {
  return queryOptions({
    queryKey: key(person),
    queryFn: () => ask(person),
    initialData: () => held(person),
    initialDataUpdatedAt: 0,
    staleTime: 300_000,
    retry: false,
    networkMode: 'always',
  });
}

/** What personal data is taken for, and what one answered. */
export function usePurposes() {
  const me = useMe();
  return useQuery(purposesQuery(me.id));
}

export type Consent = { answer: 'agreed' | 'declined' | null; purpose: PrivacyPurpose | null };

/** One purpose: what one answered to it as it stands; nothing (`purpose` null) while it is not known. */
export function useConsent(name: string): Consent {
  const purpose = usePurposes().data?.find((one) => one.key === name) ?? null;
  return { answer: purpose?.mine ?? null, purpose };
}

/** Gives an answer; without a network it is kept and sent as soon as the purposes are read again. */
export function useAnswer(via: 'screen' | 'phone') {
  const me = useMe();
  const cache = useQueryClient();
  const sent = useMutation({
    networkMode: 'always',
    mutationFn: async ({ purpose, agreed }: { purpose: PrivacyPurpose; agreed: boolean }) => {
      const said: Said = { purpose: purpose.key, version: purpose.version, agreed, via };
      try {
        return (await body(client.POST('/api/privacy/consents', { body: said }))).items;
      } catch (error) {
        if (problemOf(error)?.status !== 0) throw error;
        holdAnswer(me.id, said);
        return withAnswer(held(me.id) ?? [], said);
      }
    },
    onSuccess: (items) => {
      holdPurposes(me.id, items);
      cache.setQueryData(key(me.id), items);
    },
  });
  const isMoved = problemOf(sent.error, 409) !== null;
  useEffect(() => {
    if (isMoved) void cache.invalidateQueries({ queryKey: key(me.id) });
  }, [isMoved, cache, me.id]);
  return sent;
}
