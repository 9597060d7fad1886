import { defineConfig } from 'vitest/config';
import { assemblyscript } from './scripts/assemblyscriptPlugin.ts';

/** Tests that run real programs on exported cells: `npm run test:engines`. */
export default defineConfig({
  plugins: [assemblyscript()],
  test: {
    include: ['tests/engines/*.engines.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
