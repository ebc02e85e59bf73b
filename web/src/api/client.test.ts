import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { body, client, whenSignedOut } from './client';
import { ProblemError } from './problem';

const answers: Response[] = [];
const seen: Request[] = [];

beforeEach(() => {
  vi.stubGlobal('fetch', (request: Request) => {
    seen.push(request);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  answers.length = 0;
  seen.length = 0;
});

function problem(status: number, members: object): Response {
  return new Response(JSON.stringify({ title: 'no', status, code: 'x', ...members }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });
}

it('sends a new idempotency key with every write', async () => {
  answers.push(new Response(null, { status: 204 }), new Response(null, { status: 204 }));
  await client.DELETE('/api/session');
  await client.DELETE('/api/session');
  const keys = seen.map((request) => request.headers.get('Idempotency-Key'));
  expect(keys.every(Boolean)).toBe(true);
  expect(new Set(keys).size).toBe(2);
});

it('sends no key with a read', async () => {
  answers.push(new Response('[]', { status: 200, headers: { 'Content-Type': 'application/json' } }));
  await client.GET('/api/org/units');
  expect(seen[0]?.headers.has('Idempotency-Key')).toBe(false);
});

it('throws a refusal with everything that is missing', async () => {
  answers.push(problem(423, { missing: [{ item: 'a' }, { item: 'b' }] }));
  const asked = body(client.GET('/api/org/units'));
  await expect(asked).rejects.toMatchObject({ status: 423 });
  await asked.catch((error: unknown) => {
    expect((error as ProblemError).missing.map((one) => one.item)).toEqual(['a', 'b']);
  });
});

it('tells when nobody is signed in any more', async () => {
  const out = vi.fn();
  whenSignedOut(out);
  answers.push(problem(401, {}));
  await expect(body(client.GET('/api/org/units'))).rejects.toBeInstanceOf(ProblemError);
  expect(out).toHaveBeenCalledOnce();
});

it('names a lost connection as a problem without status', async () => {
  await expect(body(client.GET('/api/org/units'))).rejects.toMatchObject({ status: 0 });
});
