// npm start: installs and builds what is missing, serves the page and opens it. Needs Node and nothing else.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureBuilt, PAGE } from './buildPage.mjs';
import { ensureInstalled } from './install.mjs';
import { createPageServer, listenOnFreePort } from './servePage.mjs';

const HELP = `npm start -- [options]
  --port N          first port to try (4173)
  --host NAME       address to listen on (localhost)
  --base /a/b/      serve below a sub-path
  --plain           as a plain host: without the headers for isolation and the content policy
  --no-open         do not open a browser`;

/** @param {string} url */
function openBrowser(url) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const desktop = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!desktop || process.env.CI) return;
  // Without a browser the printed address is enough.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

/**
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4173' },
        host: { type: 'string', default: 'localhost' },
        base: { type: 'string', default: '/' },
        plain: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : error}\n${HELP}`);
  }
}

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const port = Number(options.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) refuse(`--port: expected 0 to 65535, found ${options.port}.`);
if (!ensureInstalled()) refuse('The packages could not be installed: see what npm says above.');
if (!ensureBuilt()) refuse('The page could not be built: see what Vite says above.');

const base = `/${options.base}/`.replace(/\/+/g, '/');
const server = await createPageServer(PAGE, { base, headers: !options.plain });
try {
  const url = `http://${options.host}:${await listenOnFreePort(server, port, options.host)}${base}`;
  console.log(`Grainscope is at ${url} (Ctrl+C ends it).`);
  if (!options['no-open']) openBrowser(url);
} catch (error) {
  refuse(`Nothing could be served on ${options.host}: ${error instanceof Error ? error.message : error}.`);
}
