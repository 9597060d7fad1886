import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { FE_GB_2K } from '#tests/fixture.ts';

export { expect };

/** Path of a small snapshot, 1,982 atoms of iron, and its number of atoms as the page shows it. */
export const SMALL = fileURLToPath(FE_GB_2K);
export const SMALL_ATOMS = '1,982 atoms';
/** How long a step may take to begin, ms. */
const WATCH_MS = 30_000;
/** What the embedded sample holds. */
export const SAMPLE_ATOMS = '16,057 atoms';

/**
 * `test` of our own: it fails when the page logs an error, throws, or asks another origin for anything. `complaints`
 * holds what was said so far; a test that provokes an error takes it out.
 */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      const own = new URL(baseURL ?? '').origin;
      const note = (url: string) => {
        const { protocol, origin } = new URL(url);
        if (['data:', 'blob:'].includes(protocol) || origin === own) return;
        complaints.push(`request to another origin: ${url}`);
      };
      context.on('request', (request) => note(request.url()));
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => complaints.push(`thrown: ${error.error().stack ?? error.error()}`));
      context.on('page', (page) => page.on('websocket', (socket) => note(socket.url().replace(/^ws/, 'http'))));
      await use(complaints);
      expect(complaints, 'errors of the page and requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects a sentence to be read on the page: as a whole, not as part of a longer one. */
export async function expectSentence(page: Page, sentence: string | RegExp): Promise<void> {
  await expect(page.getByText(sentence, { exact: true }).filter({ visible: true }).first()).toBeVisible();
}

/** Opens the page and waits until it may share memory between its threads. */
export async function openPage(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => crossOriginIsolated);
}

/** Opens the page and waits until the sample is classified: only then is nothing running that nobody asked for. */
export async function openSample(page: Page): Promise<void> {
  await openPage(page);
  await expectState(page, 'Structure', 'done');
}

/** Opens a snapshot with the button of the header, and waits until it is classified. */
export async function openSnapshot(page: Page, path: string, atoms: string): Promise<void> {
  await chooseFile(page, page.getByRole('button', { name: 'Open', exact: true }), path);
  await expect(page.getByRole('banner')).toContainText(atoms);
  await expectState(page, 'Structure', 'done');
}

/** Opens the small snapshot, of which so many atoms are to be picked. */
export async function openSmall(page: Page, picks: number): Promise<void> {
  await openSample(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);
  await setParameter(page, 'Select', 'Atoms to pick', String(picks));
}

/** Something to hand over in place of a file of this machine. */
export interface MadeFile {
  readonly name: string;
  readonly text: string | Uint8Array;
}

/** Presses a button that asks for a file, and gives it one. */
export async function chooseFile(page: Page, button: Locator, file: string | MadeFile): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await button.click();
  // A made one goes through the debugger, which would hold the page up for seconds with a large one.
  if (typeof file === 'string') await (await asked).setFiles(file);
  else await (await asked).setFiles({ ...contentOf(file), mimeType: 'application/octet-stream' });
}

/** Drops a file on the middle of the page, as a hand would: it enters, hovers, and is let go. */
export async function dropFile(page: Page, file: string | MadeFile): Promise<void> {
  const { name, buffer } = contentOf(file);
  const dataTransfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], fileName));
      return transfer;
    },
    [name, buffer.toString('base64')] as const,
  );
  for (const type of ['dragenter', 'dragover']) await page.dispatchEvent('main', type, { dataTransfer });
  await expect(page.getByText('Drop to open')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}

function contentOf(file: string | MadeFile): { name: string; buffer: Buffer } {
  return typeof file === 'string'
    ? { name: basename(file), buffer: readFileSync(file) }
    : { name: file.name, buffer: Buffer.from(file.text) };
}

export type StepTitle = 'Snapshot' | 'Structure' | 'Descriptor' | 'Pool' | 'Select' | 'Replicas' | 'Energies' | 'Model';

/** A step of the rail: its head and, where it is open, its body. */
export function stepOf(page: Page, title: StepTitle): Locator {
  const heading = page.getByRole('heading', { name: new RegExp(`^\\d\\s*${title}\\b`) });
  return page.getByRole('navigation', { name: 'Steps of the method' }).getByRole('listitem').filter({ has: heading });
}

/** The head of a step: number, title, state and result; a press opens or closes the step. */
export function headOf(page: Page, title: StepTitle): Locator {
  return stepOf(page, title).getByRole('heading').getByRole('button');
}

/** Waits until a step is in a state, in the words that screen readers get. */
export async function expectState(
  page: Page,
  title: StepTitle,
  state: 'not run yet' | 'running' | 'done' | 'out of date' | 'failed',
  patience = 30_000,
): Promise<void> {
  await expect(headOf(page, title).getByText(state, { exact: true })).toBeAttached({ timeout: patience });
}

/** Opens a step of the rail, if it is not open already, and gives it. */
export async function openStep(page: Page, title: StepTitle): Promise<Locator> {
  const head = headOf(page, title);
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  return stepOf(page, title);
}

/** Types a parameter into its field; `label` as the page has it. */
export async function setParameter(page: Page, title: StepTitle, label: string, value: string): Promise<void> {
  const step = await openStep(page, title);
  const field = step.getByRole('textbox', { name: label, exact: true });
  if (!(await field.isVisible())) await step.getByText('More', { exact: true }).click();
  await field.fill(value);
}

/** Brings a step up to date with the button in its body, and waits until it is done. */
export async function runStep(page: Page, title: StepTitle, verb: string | RegExp, patience = 60_000): Promise<void> {
  const step = await openStep(page, title);
  await step.getByRole('button', { name: verb }).last().click();
  await expectState(page, title, 'done', patience);
}

/** Ids of the chosen atoms, in the order in which they were picked. */
export async function chosenIds(page: Page): Promise<number[]> {
  const list = page.getByRole('region', { name: 'Chosen atoms' });
  await expect(list).toBeVisible();
  return (await list.getByRole('cell').getByRole('button').allInnerTexts()).map(Number);
}

/**
 * Starts something, presses Cancel as soon as the status line says it is so far, and gives the milliseconds until the
 * page is idle again. The page itself watches: a look from outside may come too late on a quick machine.
 */
export async function cancelWhile(page: Page, words: RegExp, start: () => Promise<void>): Promise<number> {
  const watch = await page.getByRole('contentinfo').evaluateHandle(watchAndCancel, [words.source, WATCH_MS] as const);
  await start();
  const said = await watch.evaluate(({ milliseconds }) => milliseconds);
  if (typeof said === 'number') return said;
  throw new Error(`The status line never said ${words.source}, but last "${said}"`);
}

/** Runs in the page. Gives the milliseconds, or what the line said when patience ended. */
function watchAndCancel(footer: HTMLElement, [source, patience]: readonly [string, number]) {
  const pattern = new RegExp(source);
  const milliseconds = new Promise<number | string>((resolve) => {
    const observer = new MutationObserver(async () => {
      if (!pattern.test(footer.textContent)) return;
      observer.disconnect();
      clearTimeout(timer);
      const from = performance.now();
      footer.querySelector('button')!.click();
      while (!footer.textContent.includes('Ready')) await new Promise(requestAnimationFrame);
      resolve(performance.now() - from);
    });
    const timer = setTimeout(() => {
      observer.disconnect();
      resolve(footer.textContent);
    }, patience);
    observer.observe(footer, { subtree: true, childList: true, characterData: true });
  });
  return { milliseconds };
}

/** The steps from the descriptor to the model with the buttons that run them, and how records call them. */
export function stepsOfLoop(picks: number): readonly (readonly [title: StepTitle, verb: string, stage: string])[] {
  return [
    ['Descriptor', 'Describe', 'descriptor'],
    ['Pool', 'Project', 'pool'],
    ['Select', `Select ${picks} atoms`, 'select'],
    ['Replicas', 'Cut replica cells', 'replicas'],
    ['Energies', 'Take energies', 'energies'],
    ['Model', 'Fit and predict', 'model'],
  ];
}

/** Runs one of them; energies are those of a column. */
export async function runLoopStep(page: Page, title: StepTitle, verb: string): Promise<void> {
  if (title === 'Energies') {
    const step = await openStep(page, 'Energies');
    await step.getByRole('combobox', { name: 'Label from column' }).selectOption('c_pe');
  }
  await runStep(page, title, verb);
}

/** What the model says of itself in the rail. */
export async function modelErrors(page: Page): Promise<string> {
  return (await headOf(page, 'Model').innerText()).match(/RMSE.*/)![0];
}
