import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { PhoneCheck, PhoneCheckSettingsBody, RegistryTaken } from '@/api/types';
import { upload } from '@/api/upload';

const key = ['phone-checks'] as const;
const settingsKey = ['phone-check-settings'] as const;
const at = (contact_id: number) => ({ params: { path: { contact_id } } });
export const states = ['open', 'kept', 'match', 'unknown'] as const;
export type State = (typeof states)[number];

/** What both sources say of a contact's phone; asked anew with each version of the contact. */
export function usePhoneCheck(id: number, version: number) {
  return useQuery({
    queryKey: [...key, 'one', id, version],
    queryFn: () => body(client.GET('/api/contacts/{contact_id}/phone-check', at(id))),
  });
}

export function usePhoneChecks(state: State) {
  return useInfiniteQuery({
    queryKey: [...key, 'list', state],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(client.GET('/api/phone-checks', { params: { query: { state, cursor: pageParam } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** People in WeCom who may be the contact. */
export function useWeComPeople(id: number, q: string) {
  return useQuery({
    queryKey: [...key, 'people', id, q],
    queryFn: () => body(client.GET('/api/contacts/{contact_id}/wecom-people', { params: { path: { contact_id: id }, query: { q } } })),
  });
}

function useDecision<Given>(decide: (given: Given) => Promise<PhoneCheck>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: key });
      // The phone may be another one, and the timeline has one entry more.
      void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('contact') && queryKey.includes(made.contact.id) });
    },
  });
}

export function useKeep(id: number) {
  return useDecision((why: string) => body(client.POST('/api/contacts/{contact_id}/phone-check/kept', { ...at(id), body: { why } })));
}

export function useTake(id: number, version: number) {
  return useDecision((number: string) =>
    body(client.POST('/api/contacts/{contact_id}/phone-check/taken', { ...at(id), headers: ifMatch(version), body: { number } })),
  );
}

export function useLink(id: number) {
  return useDecision((external_id: string | null) => body(client.PUT('/api/contacts/{contact_id}/wecom-person', { ...at(id), body: { external_id } })));
}

export function useSettings() {
  return useQuery({ queryKey: settingsKey, queryFn: () => body(client.GET('/api/phone-check/settings')) });
}

function useSettingsChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      for (const one of [settingsKey, key]) void cache.invalidateQueries({ queryKey: one });
    },
  });
}

export function useChangeSettings() {
  return useSettingsChange((given: PhoneCheckSettingsBody) => body(client.PUT('/api/phone-check/settings', { body: given })));
}

export function useReadWeCom() {
  return useSettingsChange(() => body(client.POST('/api/phone-check/wecom-reading')));
}

export function useTakeFile() {
  return useSettingsChange((file: File) => {
    const form = new FormData();
    form.append('file', file);
    return upload<RegistryTaken>('/api/phone-check/registry-file', form);
  });
}

/** Whether this result was not popped up in this session yet; it is from now on. */
export function isNews(check: PhoneCheck): boolean {
  const mark = `phone-check:${check.contact.id}:${check.checked_at ?? ''}`;
  if (sessionStorage.getItem(mark)) return false;
  sessionStorage.setItem(mark, '1');
  return true;
}
