import type { Plugin, ViteDevServer, PreviewServer } from 'vite';
import { answer } from './mock';

/** Serves m.html for /m and everything below it, as the product does. */
export function phoneEntry(): Plugin {
  const use = (server: ViteDevServer | PreviewServer) => {
    server.middlewares.use((request, _response, next) => {
      if (request.url && /^\/m(\/|\?|$)/.test(request.url)) request.url = '/m.html';
      next();
    });
  };
  return { name: 'closeloop-phone-entry', configureServer: use, configurePreviewServer: use };
}

/** Answers /api from memory, so that screens can be drawn without a back end. */
export function mockApi(): Plugin {
  const use = (server: ViteDevServer | PreviewServer) => {
    server.middlewares.use('/api', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = (request.headers['content-type'] ?? '').includes('json');
        const url = new URL(request.url ?? '/', 'http://mock');
        const reply = answer(request.method ?? 'GET', url, isJson && text ? JSON.parse(text) : {});
        response.statusCode = reply.status;
        const problem = reply.status >= 400;
        response.setHeader('Content-Type', problem ? 'application/problem+json' : 'application/json');
        setTimeout(() => response.end(reply.body === undefined ? '' : JSON.stringify(reply.body)), 60);
      });
    });
  };
  return { name: 'closeloop-mock', configureServer: use, configurePreviewServer: use };
}
