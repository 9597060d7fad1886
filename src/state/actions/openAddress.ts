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
  const own = new URL(base);
  // The address of a blob has the origin of who made it, and that of data has none.
  if (url.origin !== own.origin || url.protocol !== own.protocol) {
    throw new Refusal({
      tag: 'bad-input',
      message: `Snapshots are read from this page's own server only, not from ${url.host || url.protocol}. Download the file and open it`,
    });
  }
  const name = nameOf(url);
  // A server that points on to another one is not followed.
  const response = await fetch(url, { mode: 'same-origin' }).catch(() => null);
  if (!response?.ok) {
    const found = response ? `answered ${response.status}` : 'did not answer';
    throw new Refusal({ tag: 'bad-input', message: `${name} could not be fetched: the server ${found}` });
  }
  return { name, blob: await response.blob() };
}

function nameOf({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    // Something with a per cent sign that stands for no letter.
    return last;
  }
}

function resolve(address: string, base: string): URL {
  try {
    return new URL(address, base);
  } catch {
    throw new Refusal({ tag: 'bad-input', message: `${address} is no address of a snapshot` });
  }
}
