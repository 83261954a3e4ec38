/**
 * The widget: one self-contained script that any page can load with a plain script tag. ASCII only, so that a host page
 * in another encoding cannot garble the Danish letters.
 */
import { defineConfig } from 'vite';

export default defineConfig({
  esbuild: { charset: 'ascii', legalComments: 'none' },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2021',
    lib: { entry: 'src/widget/define.ts', formats: ['iife'], name: 'VejviserWidget', fileName: () => 'widget.js' },
  },
});
