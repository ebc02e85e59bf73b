import { body, change, client, csrfToken, newKey, readProblem } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { NewLogEvent } from '@/api/types';
import type { NotedEvent } from '@/features/saleslog/noted';
import type { Photo } from './items';

/** The way of the sales log to the server; every call throws a ProblemError when it is refused or does not come through. */
export type LogTransport = {
  /** Gives the number that the server knows the event by, the same one however often it is told. */
  report: (event: NotedEvent) => Promise<number>;
  picture: (id: number, photo: Photo) => Promise<void>;
  send: (day: string, clientId: string) => Promise<void>;
};

export const logHttp: LogTransport = {
  report: async ({ client_id, type, reason, text, about, asks_support, at }) => {
    const where = about ? (about.type === 'customer' ? { customer_id: about.id } : { record_id: about.id }) : {};
    return (await body(client.POST('/api/saleslog/events', { body: change<NewLogEvent>({ client_id, type, reason, text, asks_support, at, ...where }) }))).id;
  },
  picture: async (id, photo) => {
    const form = new FormData();
    form.append('file', new File([photo.bytes], photo.name, { type: photo.type }));
    const headers = { 'Idempotency-Key': newKey(), 'X-CSRFToken': csrfToken(), 'Accept-Language': document.documentElement.lang };
    const answer = await fetch(`/api/saleslog/events/${id}/picture`, { method: 'POST', body: form, headers }).catch((error: unknown) => {
      throw new ProblemError({ title: String(error), status: 0, code: 'offline' });
    });
    if (!answer.ok) throw await readProblem(answer);
  },
  send: async (day, client_id) => {
    await body(client.POST('/api/saleslog/send', { body: { day, client_id, note: '' } }));
  },
};
