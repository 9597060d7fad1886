import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { assemblyscript } from './scripts/assemblyscriptPlugin.ts';

const PROGRAM = 'grainscope';

/** npm makes the files of `bin` executable only in packages that it installs, not in the project's own folder. */
function executable(): Plugin {
  return {
    name: 'grainscope:executable',
    async writeBundle({ dir }, bundle) {
      if (dir && `${PROGRAM}.js` in bundle) await chmod(join(dir, `${PROGRAM}.js`), 0o755);
    },
  };
}

/** The bench entries, by name: every bench/NAME.bench.ts. */
async function benchEntries(): Promise<Record<string, string>> {
  const files = (await readdir('bench')).filter((file) => file.endsWith('.bench.ts'));
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), `bench/${file}`]));
}

/** Builds for Node: the command line, or with `--mode bench` the stage timings. Packages stay in node_modules. */
export default defineConfig(async ({ mode }) => ({
  plugins: [assemblyscript(), executable()],
  build: {
    ssr: true,
    outDir: mode === 'bench' ? 'dist/bench' : 'dist/cli',
    target: 'node20',
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: {
        ...(mode === 'bench' ? await benchEntries() : { [PROGRAM]: 'src/cli/main.ts' }),
        'block.worker': 'src/cli/block.worker.ts',
      },
      output: {
        format: 'es' as const,
        // One flat folder: a thread is started from the file beside the one that starts it.
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: ({ name }: { name: string }) => (name === PROGRAM ? '#!/usr/bin/env node' : ''),
      },
    },
  },
}));
