import { SingleBar } from 'cli-progress';
import type { Control } from '#data/control.ts';

const REFRESH_MS = 200;

/** A progress bar on standard error while `work` runs; plain lines where standard error is no terminal. */
export async function withProgress<T>(control: Control, title: () => string, work: () => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return withLines(control, title, work);
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{title} {bar} {percentage} %  {eta_formatted} left  {phase}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
  });
  bar.start(1, 0, { title: title(), phase: '' });
  const timer = setInterval(() => {
    const { phase, done, total } = control.progress;
    bar.setTotal(Math.max(total, 1));
    bar.update(Math.min(done, total), { title: title(), phase });
  }, REFRESH_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    bar.stop();
  }
}

async function withLines<T>(control: Control, title: () => string, work: () => Promise<T>): Promise<T> {
  let said = '';
  const timer = setInterval(() => {
    const line = `${title()}: ${control.progress.phase}`;
    if (line !== said) process.stderr.write(`${line}\n`);
    said = line;
  }, REFRESH_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
