import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  chooseFile,
  chosenIds,
  expect,
  expectState,
  headOf,
  openSample,
  openStep,
  setParameter,
  stepOf,
  test,
} from './helpers.ts';

const TOUR_STEPS = 12;

declare global {
  var violations: string[];
}

/** `test` of the helpers watches the console and every request; here also what the policy had to stop. */
test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      globalThis.violations.push(`${violatedDirective}: ${blockedURI} (${sourceFile})`),
    );
  }),
);

test('a whole session asks no other server for anything, and the policy has nothing to stop', async ({ page }) => {
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await openSample(page);

  await test.step('the tour, with the whole loop in it', async () => {
    // Few picks are enough: nothing is measured here.
    await setParameter(page, 'Select', 'Atoms to pick', '20');
    await page.getByRole('button', { name: 'Take the tour' }).first().click();
    const tour = page.getByRole('region', { name: 'Tour' });
    const next = tour.getByRole('button', { name: /^(Next|Finish)$/ });
    for (let at = 1; at <= TOUR_STEPS; at++) {
      await expect(tour).toContainText(`${at} of ${TOUR_STEPS}`);
      await expect(next).toHaveAttribute('aria-disabled', 'false', { timeout: 90_000 });
      await next.click();
    }
    await expectState(page, 'Model', 'done');
  });

  for (const tab of ['PCA', 'Parity', 'Error', 'Histogram']) {
    await test.step(`the plot ${tab}`, async () => {
      await page.getByRole('tab', { name: tab }).click();
      const figure = page.getByRole('tabpanel', { name: tab }).getByRole('figure');
      await expect(figure.locator('svg').first()).toBeVisible();
      await figure.hover();
    });
  }

  await test.step('figures as PNG, SVG and PDF, of atoms and of plots', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
    const dialog = page.getByRole('dialog', { name: 'Figures' });
    for (const figure of [/^Fig\. 2/, /^Fig\. 3/]) {
      await dialog.getByRole('radio', { name: figure }).check();
      await expect(dialog.getByRole('img', { name: figure })).toBeVisible({ timeout: 60_000 });
      for (const kind of ['PNG', 'SVG', 'PDF']) {
        const saved = page.waitForEvent('download');
        await dialog.getByRole('button', { name: `Save ${kind}` }).click();
        expect(await (await saved).failure()).toBeNull();
      }
    }
    await page.keyboard.press('Escape');
  });

  await test.step('energies as a table', async () => {
    const rows = (await chosenIds(page)).map((id) => `${id},-4.1`);
    await openStep(page, 'Energies');
    const button = stepOf(page, 'Energies').getByRole('button', { name: 'Import…' });
    await chooseFile(page, button, { name: 'back.csv', text: ['id,energy_eV', '0,-4.12', ...rows].join('\n') });
    await expect(headOf(page, 'Energies')).toContainText('from back.csv');
  });

  const { origin } = new URL(page.url());
  const own = (url: string) => /^(blob|data):/.test(url) || url.startsWith(`${origin}/`);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((url) => !own(url))).toEqual([]);
  expect(await page.evaluate(() => globalThis.violations)).toEqual([]);
});

test('text does not become code, and nothing can be sent away, in the page and in its workers', async ({
  page,
  complaints,
}) => {
  const arrived: string[] = [];
  const note = ({ url = '' }: { url?: string | undefined }) => arrived.push(url);
  const elsewhere = createServer((request, response) => {
    note(request);
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .end();
  }).on('upgrade', (request, socket) => {
    note(request);
    socket.destroy();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/collect`;

  await openSample(page);
  const refused = {
    eval: 'EvalError',
    function: 'EvalError',
    fetch: 'TypeError',
    socket: 'refused',
    import: 'TypeError',
  };
  expect(await page.evaluate(tryEverything, address)).toEqual(refused);
  for (const worker of page.workers()) expect(await worker.evaluate(tryEverything, address)).toEqual(refused);
  expect(page.workers().length).toBeGreaterThan(1);
  const inPage = await page.evaluate(async (away) => {
    const image = new Image();
    const seen = new Promise((resolve) => image.addEventListener('error', () => resolve('refused')));
    image.src = away;
    navigator.sendBeacon(away);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="globalThis.entered = true">');
    document.body.insertAdjacentHTML('beforeend', `<form action="${away}"></form><iframe src="${away}"></iframe>`);
    document.querySelector('form')!.submit();
    const script = document.createElement('script');
    script.text = 'globalThis.entered = true';
    document.body.append(script);
    return { image: await seen, entered: 'entered' in globalThis };
  }, address);
  expect(inPage).toEqual({ image: 'refused', entered: false });
  expect(page.url()).not.toContain(address);
  elsewhere.close();
  expect(arrived, 'requests that arrived elsewhere').toEqual([]);
  // The browser says what it stopped, and the helpers which requests were begun.
  const stopped = /Content Security Policy|violates|to another origin: .*\/collect/;
  expect(complaints.splice(0).filter((said) => !stopped.test(said))).toEqual([]);
});

/** Runs in the page or a worker, and after a turn of it: what is called by the debugger itself may evaluate text. */
async function tryEverything(away: string): Promise<Record<string, string>> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const outcome = async (attempt: () => unknown) => {
    try {
      return String(await attempt());
    } catch (error) {
      return (error as Error).name;
    }
  };
  const openSocket = () =>
    new Promise((resolve) => {
      const socket = new WebSocket(away.replace('http', 'ws'));
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
  return {
    // biome-ignore lint/security/noGlobalEval: it is to fail.
    eval: await outcome(() => eval('1 + 1')),
    function: await outcome(() => new Function('return 1')()),
    fetch: await outcome(() => fetch(away, { mode: 'no-cors' }).then(() => 'sent')),
    socket: await outcome(openSocket),
    import: await outcome(() => import(/* @vite-ignore */ away)),
  };
}

test('a snapshot of another server is refused before it is asked for, however its address is written', async ({
  page,
}) => {
  for (const address of ['//elsewhere.invalid/a.dump', 'data:text/plain,x', 'blob:null/1', 'javascript:alert(1)']) {
    await page.goto(`./?snapshot=${encodeURIComponent(address)}`);
    await expect(page.getByText(/Snapshots are read from this page's own server only/).first()).toBeVisible();
  }
});
