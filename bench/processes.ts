import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
const LOOK_EVERY_MS = 250;
/** At rest: less than this part of a core... */
const REST_PART = 0.05;
/** ...in so many looks one after the other. */
const REST_LOOKS = 4;
const PATIENCE_MS = 180_000;

/** Chromium's processes by what they do, as /proc sees them; all is 0 where there is no /proc. */
export class BrowserProcesses {
  readonly #renderers: readonly number[];
  readonly #gpus: readonly number[];

  private constructor(renderers: readonly number[], gpus: readonly number[]) {
    this.#renderers = renderers;
    this.#gpus = gpus;
  }

  static async of(browser: Browser): Promise<BrowserProcesses> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const ids = (type: string) => processInfo.filter((info) => info.type === type).map(({ id }) => id);
    return new BrowserProcesses(ids('renderer'), ids('GPU'));
  }

  /** The most any renderer ever had in memory, bytes: that of the page's own. */
  rendererPeakBytes(): Promise<number> {
    return largestPeak(this.#renderers);
  }

  gpuPeakBytes(): Promise<number> {
    return largestPeak(this.#gpus);
  }

  /** CPU seconds that renderers and GPU process have used so far. */
  async cpuSeconds(): Promise<number> {
    const seconds = await Promise.all([...this.#renderers, ...this.#gpus].map(cpuSeconds));
    return seconds.reduce((sum, one) => sum + one, 0);
  }

  /** CPU seconds of what `act` sets off, until the page is at rest. */
  async cpuSecondsOf(act: () => Promise<unknown>): Promise<number> {
    const before = await this.untilRest();
    await act();
    return (await this.untilRest()) - before;
  }

  /** Waits until nothing happens in the page; gives its CPU seconds then. */
  async untilRest(): Promise<number> {
    const deadline = performance.now() + PATIENCE_MS;
    let last = await this.cpuSeconds();
    for (let looks = 0; looks < REST_LOOKS; ) {
      if (performance.now() > deadline) throw new Error('the page does not come to rest');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      const now = await this.cpuSeconds();
      looks = now - last <= (REST_PART * LOOK_EVERY_MS) / 1000 ? looks + 1 : 0;
      last = now;
    }
    return last;
  }
}

async function largestPeak(ids: readonly number[]): Promise<number> {
  const peaks = ids.map(async (id) => {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  });
  return Math.max(0, ...(await Promise.all(peaks)));
}

async function cpuSeconds(id: number): Promise<number> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold blanks; user and system time are the 12th and 13th fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}
