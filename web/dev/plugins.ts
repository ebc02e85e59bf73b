import type { Plugin, ViteDevServer, PreviewServer } from 'vite';

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
