/** The pages: one entry a page, shared code in chunks of its own, hashed names, a manifest for the server. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/',
  // dkfds exports its script only; its style sheet is reached by the file's path.
  resolve: { alias: { 'dkfds.css': fileURLToPath(new URL('node_modules/dkfds/dist/css/dkfds.min.css', import.meta.url)) } },
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: 'manifest.json',
    target: 'es2021',
    assetsInlineLimit: 0, // the pages' content security policy takes fonts and pictures from files only
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        front: 'src/front/main.ts',
        telefon: 'src/console/main.ts',
        guide: 'src/guide/main.ts',
        shared: 'src/shared/main.ts',
      },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
});
