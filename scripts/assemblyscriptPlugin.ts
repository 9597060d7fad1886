import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from 'assemblyscript/package.json' with { type: 'json' };
import type { Plugin } from 'vite';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/assemblyscript/', import.meta.url));
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const RELAXED_FLAGS = ['--enable', 'relaxed-simd', '--use', 'RELAXED=1'];
const QUERY = /\?wasm-bytes(&relaxed)?$/;

/** One compilation per process and source, since the page, its workers and the tests each ask on their own. */
const compiling = new Map<string, Promise<Uint8Array>>();

/**
 * Vite plugin: `import bytes from './assembly/name.ts?wasm-bytes'` compiles the AssemblyScript source and gives its
 * WebAssembly as a Uint8Array, inlined so that page, workers, command line and tests load it alike, without a request.
 *
 * `?wasm-bytes&relaxed` builds the twin with relaxed SIMD, where `isDefined(RELAXED)` is true. A source that needs
 * more flags asks for them in a line of its own: `// asc: --importMemory`. A source imports only from its own folder.
 */
export function assemblyscript(): Plugin {
  return {
    name: 'grainscope:assemblyscript',
    enforce: 'pre',
    load: {
      filter: { id: QUERY },
      async handler(id) {
        const file = id.replace(QUERY, '');
        const sources = await readSources(dirname(file));
        for (const name of sources.keys()) this.addWatchFile(join(dirname(file), name));
        const wasm = await compileCached(basename(file), sources, id.endsWith('&relaxed'));
        const base64 = Buffer.from(wasm).toString('base64');
        return {
          code: `export default Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));`,
          map: null,
          moduleType: 'js',
        };
      },
    },
  };
}

/** The sources of an assembly folder by file name. */
async function readSources(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

function compileCached(entry: string, sources: Map<string, string>, relaxed: boolean): Promise<Uint8Array> {
  const asked = sources.get(entry)?.match(/^\/\/ asc: (.+)$/m)?.[1];
  const flags = [...FLAGS, ...(relaxed ? RELAXED_FLAGS : []), ...(asked?.trim().split(/\s+/) ?? [])];
  const key = createHash('sha256')
    .update(JSON.stringify([manifest.version, entry, flags, [...sources]]))
    .digest('hex');
  let wasm = compiling.get(key);
  if (!wasm) {
    wasm = readFile(join(CACHE, `${key}.wasm`)).catch(async () => {
      const compiled = await compile(entry, sources, flags);
      await store(`${key}.wasm`, compiled);
      return compiled;
    });
    compiling.set(key, wasm);
  }
  return wasm;
}

/** Throws an Error with the compiler's own diagnostics when the source does not compile. */
async function compile(entry: string, sources: Map<string, string>, flags: string[]): Promise<Uint8Array> {
  // Loading the compiler takes a second, which a filled cache saves.
  const { default: asc } = await import('assemblyscript/asc');
  let wasm: Uint8Array | null = null;
  const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', ...flags], {
    readFile: (name) => sources.get(name) ?? null,
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`AssemblyScript could not compile ${entry}.\n${stderr.toString()}`);
  return wasm;
}

/** Written aside and renamed: two builds at once never read half a file. */
async function store(name: string, contents: Uint8Array): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const aside = join(CACHE, `${name}.${process.pid}`);
  await writeFile(aside, contents);
  await rename(aside, join(CACHE, name));
}
