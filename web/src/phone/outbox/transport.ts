import { body, client, ifMatch, readProblem, writeHeaders } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { FollowUp } from '@/api/types';
import type { Taken, Transport } from './sending';

const photo_patience_ms = 180_000;

function takenOf(followup: FollowUp): Taken {
  const { id, version, state, missing } = followup;
  return { id, version, state: state === 'counted' ? 'counted' : 'draft', missing };
}

/** The server's endpoints for phones. */
export const http: Transport = {
  person: async () => {
    const session = await body(client.GET('/api/session'));
    return session.user?.id ?? null;
  },
  upload: async (photo) => {
    const form = new FormData();
    form.append('client_id', photo.client_id);
    form.append('kind', photo.kind);
    if (photo.taken_at) form.append('taken_at', photo.taken_at);
    form.append('file', new File([photo.bytes], photo.name, { type: photo.type }));
    const stopper = new AbortController();
    const timer = setTimeout(() => {
      stopper.abort();
    }, photo_patience_ms);
    const headers = { ...writeHeaders(), 'Accept-Language': document.documentElement.lang };
    try {
      const answer = await fetch('/api/followups/uploads', { method: 'POST', body: form, headers, signal: stopper.signal });
      if (!answer.ok) throw await readProblem(answer);
    } catch (error) {
      throw error instanceof ProblemError ? error : new ProblemError({ title: String(error), status: 0, code: 'offline' });
    } finally {
      clearTimeout(timer);
    }
  },
  sync: async (reports, deviceNow) => {
    const answer = await body(client.POST('/api/followups/sync', { body: { device_now: deviceNow, items: reports } }));
    return answer.items.map(({ client_id, followup, problem }) => ({
      client_id,
      followup: followup ? takenOf(followup) : null,
      problem: problem ? { status: problem.status, code: problem.code, message: problem.detail || problem.title } : null,
    }));
  },
  read: async (id) => takenOf(await body(client.GET('/api/followups/{followup_id}', { params: { path: { followup_id: id } } }))),
  complete: async (id, version, report) =>
    takenOf(
      await body(
        client.PATCH('/api/followups/{followup_id}', {
          params: { path: { followup_id: id } },
          headers: ifMatch(version),
          body: report,
        }),
      ),
    ),
};
