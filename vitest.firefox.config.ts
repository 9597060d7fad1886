import { defineConfig } from 'vitest/config';

/** The page in Firefox: `npm run test:firefox`. */
export default defineConfig({
  test: { include: ['tests/firefox/*.firefox.ts'], testTimeout: 300_000, hookTimeout: 120_000, maxWorkers: 1 },
});
