import { defineConfig } from 'vitest/config';
import { assemblyscript } from './scripts/assemblyscriptPlugin.ts';

/** Many broken files: `npm run fuzz`. FUZZ_CASES says how many of each reader, FUZZ_SEED which. */
export default defineConfig({
  plugins: [assemblyscript()],
  test: {
    include: ['tests/fuzz/*.test.ts'],
    testTimeout: 600_000,
    env: { FUZZ_CASES: process.env.FUZZ_CASES ?? '2000', FUZZ_SEED: process.env.FUZZ_SEED ?? '1' },
  },
});
