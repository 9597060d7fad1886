import { defineConfig } from 'vitest/config';
import { assemblyscript } from './scripts/assemblyscriptPlugin.ts';

export default defineConfig({
  plugins: [assemblyscript()],
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 120_000,
    // Two cores is what a plain machine has; more workers only fight.
    maxWorkers: 2,
  },
});
