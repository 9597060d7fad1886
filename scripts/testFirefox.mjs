// npm run test:firefox: the loop in Firefox, by WebDriver BiDi. One that is missing is fetched from Debian where we may
// install it; else the lane is skipped, with a sentence.
import { ensureBuilt } from './buildPage.mjs';
import { fetchPrograms } from './fetchPrograms.mjs';
import { ensureInstalled, runCommand } from './install.mjs';

// On other systems the tests know where it lies.
if (process.env.FIREFOX_PATH === undefined && process.platform === 'linux') {
  fetchPrograms([{ commands: ['firefox', 'firefox-esr'], packages: ['firefox-esr'] }]);
}
// Not built by the tests themselves: under a test runner React would be built for development.
const done = ensureInstalled() && ensureBuilt() && runCommand('npx --no vitest run --config vitest.firefox.config.ts');
process.exitCode = done ? 0 : 1;
