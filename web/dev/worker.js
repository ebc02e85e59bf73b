/**
 * The service worker of /m: opens the phone's pages without network. `dev/precache.ts` fills in the list.
 * What people write does not pass through here: the outbox of the page sends it (`src/phone/outbox`).
 */
const shelf = 'm-__VERSION__';
const files = __FILES__;
const page = '/m/';
const patience_ms = 4000;

self.addEventListener('install', (event) => {
  const all = [new Request(page, { cache: 'reload' }), ...files];
  event.waitUntil(caches.open(shelf).then((cache) => cache.addAll(all)));
});

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('m-') && name !== shelf).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

/** The page as the server has it; as it was kept where the server does not answer in time. */
async function opened(request) {
  const late = new Promise((resolve) => setTimeout(resolve, patience_ms, null));
  const fresh = fetch(request).then(
    (answer) => (answer.status < 500 ? answer : null),
    () => null,
  );
  return (await Promise.race([fresh, late])) ?? (await caches.match(page)) ?? (await fresh) ?? Response.error();
}

/** A built file, whose name changes with its content; what was not in the list is kept once it was read. */
async function built(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(shelf)).put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && /^\/m(\/|$)/.test(url.pathname)) event.respondWith(opened(request));
  else if (url.pathname.startsWith('/assets/') || files.includes(url.pathname)) event.respondWith(built(request));
});
