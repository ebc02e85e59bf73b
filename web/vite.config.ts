import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { phoneEntry } from './dev/plugins.ts';
import { precache } from './dev/precache.ts';

const backend = process.env['CLOSELOOP_API'] ?? 'http://127.0.0.1:8000';

/** The pages of /m that open without network. */
const offline = [
  /src\/phone\/(capture|offline|outbox|platform)\//,
  /src\/phone\/Phone(Today|List|Record|Me)\.tsx$/,
  /src\/locales\/(zh-CN|en-US)\/(index\.ts|followups\.json|privacy\.json)$/,
  /src\/features\/privacy\/PurposeNotice\.tsx$/,
];

export default defineConfig({
  plugins: [react(), phoneEntry(), precache({ entry: /\/m\.html$/, offline, others: ['/icon.svg'] })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5173, proxy: { '/api': { target: backend, changeOrigin: false } } },
  build: {
    manifest: true,
    target: ['es2020', 'chrome87', 'safari14'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: ['index.html', 'm.html'] },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'], setupFiles: ['test/setup.ts'] },
});
