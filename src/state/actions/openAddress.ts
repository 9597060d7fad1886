import type { ByteInput } from '#compute/conductorApi.ts';
import { Refusal } from '#data/errors.ts';

/** The embedded sample, relative to the page. */
export const SAMPLE_ADDRESS = 'sample/fe-gb-16k.dump.gz';

/**
 * Fetch a snapshot from this page's own server; nothing is ever asked of another one.
 * @param address Relative to `base`, or absolute with the same origin.
 * @throws Refusal for another origin, and where the server does not give the file.
 */
export async function fetchSnapshot(address: string, base: string): Promise<ByteInput> {
  const url = resolve(address, base);
  if (url.origin !== new URL(base).origin) {
    throw new Refusal({
      tag: 'bad-input',
      message: `Snapshots are read from this page's own server only, not from ${url.host || url.protocol}. Download the file and open it`,
    });
  }
  const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) {
    const found = response ? `answered ${response.status}` : 'did not answer';
    throw new Refusal({ tag: 'bad-input', message: `${name} could not be fetched: the server ${found}` });
  }
  return { name, blob: await response.blob() };
}

function resolve(address: string, base: string): URL {
  try {
    return new URL(address, base);
  } catch {
    throw new Refusal({ tag: 'bad-input', message: `${address} is no address of a snapshot` });
  }
}
