import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { badInput, badParameter } from '#data/errors.ts';
import { readText } from '../files.ts';
import { openHeadless } from '../headlessPage.ts';

const ENDINGS = ['.pdf', '.svg', '.png', '.csv'];
/** Beside this program, which lies in one flat folder. */
const PAGE = fileURLToPath(new URL('../page', import.meta.url));
/** How often what the page is busy with is looked at, ms. */
const LOOK_EVERY_MS = 500;

interface FigureOptions {
  readonly out: string;
  readonly snapshot?: string;
  readonly json?: boolean;
}

/** What the page offers to whoever drives it (src/ui/figures/useFigureApi.ts). */
interface Page {
  readonly grainscope?: {
    figure(recipe: string, ending: string): Promise<string>;
    progress(): string;
  };
}

/** `grainscope figure`: a recipe as a file, drawn by the page in a browser without a screen. */
export function figureCommand(): Command {
  return new Command('figure')
    .description('Draw a figure from its recipe, without a screen: the page does it in a headless Chromium.')
    .argument('<recipe>', 'JSON file saved by the figure dialog; its snapshot is looked for beside it')
    .requiredOption(
      '--out <file>',
      `file to write; its ending decides: ${ENDINGS.join(', ')} (the numbers of its plots)`,
    )
    .option('--snapshot <file>', 'another snapshot than the one the recipe names')
    .option('--json', 'print one JSON object with the result on standard output')
    .action(drawFigure);
}

async function drawFigure(recipeFile: string, { out, snapshot, json }: FigureOptions): Promise<void> {
  const ending = extname(out).toLowerCase();
  if (!ENDINGS.includes(ending)) throw badParameter(`--out ends with "${ending}", expected ${ENDINGS.join(', ')}`);
  const recipe = readText(recipeFile);
  const file = snapshot ?? resolve(dirname(recipeFile), snapshotOf(recipe, recipeFile));
  if (!existsSync(file)) throw badInput({ file, message: 'there is no such snapshot; name it with --snapshot' });

  const { page, close } = await openHeadless(PAGE, file);
  const interrupted = () => void close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  const look = setInterval(() => {
    const busyWith = page.evaluate(() => (globalThis as Page).grainscope?.progress() ?? '');
    busyWith.then((words) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${words}`)).catch(() => {});
  }, LOOK_EVERY_MS);
  try {
    await page.waitForFunction(() => (globalThis as Page).grainscope !== undefined);
    const drawn = await page.evaluate(
      async ([text, kind]) => {
        try {
          return { base64: await (globalThis as Page).grainscope!.figure(text, kind) };
        } catch (error) {
          return { message: error instanceof Error ? error.message : String(error) };
        }
      },
      [recipe, ending.slice(1)] as const,
    );
    if ('message' in drawn) throw badInput({ file: recipeFile, message: drawn.message.replace(/\.$/, '') });
    const bytes = Buffer.from(drawn.base64, 'base64');
    mkdirSync(dirname(resolve(out)), { recursive: true });
    writeFileSync(out, bytes);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    if (json) process.stdout.write(`${JSON.stringify({ file: out, byteLength: bytes.length, snapshot: file })}\n`);
    else process.stderr.write(`Figure     ${out} (${bytes.length} bytes)\n`);
  } finally {
    clearInterval(look);
    process.off('SIGINT', interrupted);
    await close();
  }
}

/** The file that a recipe names; what else is in it the page checks. */
function snapshotOf(recipe: string, file: string): string {
  let named: unknown;
  try {
    named = (JSON.parse(recipe) as { snapshot?: { file?: unknown } })?.snapshot?.file;
  } catch (error) {
    throw badInput({ file, message: `the recipe is no JSON: ${error instanceof Error ? error.message : error}` });
  }
  if (typeof named === 'string' && named !== '') return named;
  throw badInput({ file, message: 'the recipe names no snapshot', expected: 'snapshot.file', found: String(named) });
}
