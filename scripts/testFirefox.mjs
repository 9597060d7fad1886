// npm run test:firefox: the loop in Firefox, by WebDriver BiDi. Skipped, with a sentence, where none is installed.
import { ensureBuilt } from './buildPage.mjs';
import { ensureInstalled, runCommand } from './install.mjs';

// Not built by the tests themselves: under a test runner React would be built for development.
const done = ensureInstalled() && ensureBuilt() && runCommand('npx --no vitest run --config vitest.firefox.config.ts');
process.exitCode = done ? 0 : 1;
