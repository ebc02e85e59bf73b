import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type FigureMail = Schemas['FigureMailOut'];
export type FigureMailIn = Schemas['FigureMailIn'];
export type About = Schemas['FigureMailAbout'];
export type Rhythm = Schemas['FigureMailRhythm'];
export type Form = 'xlsx' | 'png' | 'pdf';
/** What leaves: where it is read as a file, what a mail of it is about, and what it is called. */
export type Leaving = { path: string; query: Record<string, string | number | null | undefined>; about: About; name: string };

const key = ['figureMails'];

/** The mails of figures that one sends or gets, the newest first. */
export function useFigureMails(enabled = true) {
  return useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/figure-mails')), enabled });
}

/** Begin a mail, or change the one that is given. */
export function useKeepMail(held: FigureMail | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: FigureMailIn) =>
      held === null
        ? body(client.POST('/api/figure-mails', { body: given }))
        : body(client.PUT('/api/figure-mails/{mail_id}', { params: { path: { mail_id: held.id } }, body: given, headers: ifMatch(held.version) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** End one's own mail, or get somebody's no longer. */
export function useDropMail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (mail: FigureMail) => {
      const params = { params: { path: { mail_id: mail.id } } };
      return body(mail.mine ? client.DELETE('/api/figure-mails/{mail_id}', params) : client.POST('/api/figure-mails/{mail_id}/leave', params));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** What is kept of a mail, to be sent back with changes. */
export function planOf(mail: FigureMail): FigureMailIn {
  const { name, about, rhythm, is_active } = mail;
  return { name, about, rhythm, is_active, recipients: mail.recipients.map((each) => each.id) };
}

/** The address of the file in a form. */
export function fileAt({ path, query }: Pick<Leaving, 'path' | 'query'>, format: Form): string {
  const given = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) given.set(name, String(value));
  return `${path}?${given.toString()}`;
}

/** Whether a rhythm ever comes. */
export function comes({ every, weekdays }: Rhythm): boolean {
  return every !== 'week' || (weekdays?.length ?? 0) > 0;
}
