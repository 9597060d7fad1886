import { defineConfig } from 'vite';
import { assemblyscript } from '../scripts/assemblyscriptPlugin.ts';

/** The kernel bench as one module for a browser. It is no part of the page. */
export default defineConfig({
  plugins: [assemblyscript()],
  build: {
    outDir: 'dist/bench-page',
    target: 'es2022',
    copyPublicDir: false,
    lib: { entry: 'bench/soapKernel.ts', formats: ['es'], fileName: 'soapKernel' },
  },
});
