import createClient, { type Middleware } from 'openapi-fetch';
import { ProblemError, type Problem } from './problem';
import type { paths } from './generated/schema';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A key that is new for every intention; the same key sent twice takes effect once. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The CSRF token that the session endpoint left in a cookie. */
export function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

/** The headers of a write: its idempotency key and the CSRF token. */
export function writeHeaders(): Record<string, string> {
  return { 'Idempotency-Key': newKey(), 'X-CSRFToken': csrfToken() };
}

let onSignedOut: () => void = () => undefined;

/** Names what happens when the server says that nobody is signed in. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

/** Reads a refusal from any answer, whatever its body. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const fallback: Problem = { title: response.statusText || 'Error', status: response.status, code: 'unreadable' };
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return new ProblemError({ ...fallback, ...body, status: response.status });
}

const edge: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang || 'zh-CN');
    if (safe.has(request.method)) return request;
    for (const [name, value] of Object.entries(writeHeaders())) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return response;
    if (response.status === 401 && !request.url.includes('/api/session')) onSignedOut();
    throw await readProblem(response);
  },
  onError({ error }) {
    if (error instanceof ProblemError) return error;
    return new ProblemError({ title: String(error), status: 0, code: 'offline' });
  },
};

const underway = new Map<string, Promise<Response>>();

/** Sends a request; a write that is asked for again before its answer came (a double click) is sent once. */
async function send(request: Request): Promise<Response> {
  if (safe.has(request.method)) return globalThis.fetch(request);
  const intention = `${request.method} ${request.url} ${await request.clone().text()}`;
  const answer = underway.get(intention) ?? globalThis.fetch(request);
  underway.set(intention, answer);
  try {
    return (await answer).clone();
  } finally {
    underway.delete(intention);
  }
}

export const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: send,
});
client.use(edge);

/** The body of an answer; a refusal has already been thrown by then. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The header that names the version an edit began from. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** A change in which what is left out stays; the schema's defaults make every member look required. */
export function change<T>(members: Partial<T>): T {
  return members as T;
}
