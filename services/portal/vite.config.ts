import { join } from 'node:path';
import { defineConfig } from 'vite';
import { finished } from './build/finished.js';

/** Where `npm run dev:portal` finds a running platform. */
const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(import.meta.dirname, '../../dist/portal'),
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures stay files of their own: the policy of the page takes no data: fonts.
    assetsInlineLimit: 0,
    // A picture of which chunk needs which, for the check of what a first visit loads.
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // Libraries mark what is for browsers alone; here everything is.
      onLog: (level, log, say) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') say(level, log);
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [finished({ firstLoadMax: 300 * 1024 })],
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/v1', '/auth', '/openapi.json'].map((path) => [path, { target: gateway, headers: { origin: gateway } }]),
    ),
  },
});
