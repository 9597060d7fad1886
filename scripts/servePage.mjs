import { createServer } from 'node:http';
import { POLICY_HEADERS } from './contentPolicy.mjs';
import { ISOLATION_HEADERS } from './isolationHeaders.mjs';

const PORTS_TRIED = 20;
const HEADERS = Object.entries({ ...ISOLATION_HEADERS, ...POLICY_HEADERS });

/**
 * A static server for the built page.
 * @param {string} folder
 * @param {{base: string, headers: boolean}} options `base` begins and ends with a slash; without `headers` as a plain
 *   host would serve it, which sends none of ours
 */
export async function createPageServer(folder, { base, headers }) {
  // Not a plain import: on a fresh machine the packages are installed after this file is read.
  const { default: sirv } = await import('sirv');
  // Files are looked up at each request, so that a new build is served without a restart.
  const serve = sirv(folder, { dev: true, etag: true, setHeaders: describeGzip });
  return createServer((request, response) => {
    if (headers) for (const [name, value] of HEADERS) response.setHeader(name, value);
    const url = request.url ?? '/';
    if (`${url}/` === base) return response.writeHead(302, { Location: base }).end();
    if (!url.startsWith(base)) return response.writeHead(404).end('Not found');
    request.url = url.slice(base.length - 1);
    serve(request, response, () => void response.writeHead(404).end('Not found'));
  });
}

/**
 * A compressed snapshot is a file to be read as it is, not a plain one that was packed for the way.
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
function describeGzip(response, path) {
  if (!path.endsWith('.gz')) return;
  response.setHeader('Content-Encoding', 'identity');
  response.setHeader('Content-Type', 'application/gzip');
}

/**
 * Listens on the port asked for, or on the next free one; gives the port.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function listenOnFreePort(server, port, host) {
  for (let tried = port; ; tried += 1) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(tried, host, () => {
          server.off('error', reject);
          resolve(undefined);
        });
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : tried;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || tried === port + PORTS_TRIED) throw error;
    }
  }
}
