import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyscript } from './scripts/assemblyscriptPlugin.ts';
import { POLICY_HEADERS } from './scripts/contentPolicy.mjs';
import { contentPolicy } from './scripts/contentPolicyPlugin.ts';
import { ISOLATION_HEADERS } from './scripts/isolationHeaders.mjs';
import { serviceWorker } from './scripts/serviceWorkerPlugin.ts';

export default defineConfig({
  // Relative, so that the built page runs from any sub-path.
  base: './',
  plugins: [react(), assemblyscript(), contentPolicy(), serviceWorker()],
  worker: { format: 'es', plugins: () => [assemblyscript()] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: { ...ISOLATION_HEADERS, ...POLICY_HEADERS } },
  build: {
    outDir: 'dist/page',
    target: 'es2022',
    sourcemap: true,
    // Plotly is 5 MB and loaded when the first plot is; everything else stays far below.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      // Of jspdf, for pages as pictures, which nobody here makes; not to be kept by the service worker either.
      external: ['html2canvas', 'dompurify', 'canvg'],
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|zustand|use-sync-external-store)[\\/]/,
              priority: 2,
            },
            { name: 'three', test: /node_modules[\\/](three|@react-three)[\\/]/, priority: 1 },
          ],
        },
      },
    },
  },
});
