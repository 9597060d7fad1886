import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A folder imports from folders above it, and never from one beside it. */
const STOREYS = [
  ['chem'],
  ['data'],
  ['kernels', 'formats'],
  ['descriptors', 'engines'],
  ['campaign'],
  ['pipeline'],
  ['project'],
  ['compute'],
  ['state'],
  ['colours'],
  ['render', 'plots'],
  ['figures'],
  ['ui'],
];
const storeyOf = (folder: string) => STOREYS.findIndex((storey) => storey.includes(folder));

/** Roofs import downwards, as far as the folder named, and nobody imports them. One worker puts figures together. */
const ROOFS: Record<string, string> = { 'main.tsx': 'ui', cli: 'compute', workers: 'figures' };

/** Where a package may be imported. Packages not named here may be imported anywhere. */
const PACKAGES: [name: RegExp, folders: string[]][] = [
  [/^react(-dom)?(\/|$)/, ['render', 'plots', 'ui', 'main.tsx']],
  [/^(three|@react-three\/.+)(\/|$)/, ['render']],
  [/^plotly/, ['plots']],
  [/^(jspdf|svg2pdf|opentype|@expo-google-fonts)/, ['figures']],
  [/^comlink$/, ['compute', 'workers', 'cli']],
  [/^node:/, ['cli']],
];

/** The registries: the only folders that others know by one file. */
const REGISTRIES = [
  'src/formats/index.ts',
  'src/descriptors/index.ts',
  'src/kernels/selection/index.ts',
  'src/pipeline/atomFiles/index.ts',
];

interface Import {
  /** A file of ours as its path from the root, or a package by its name. */
  readonly to: string;
  /** Erased before anything runs. */
  readonly typeOnly: boolean;
}

interface Edge extends Import {
  readonly from: string;
}

const IMPORT =
  /^\s*(?:import|export)\s(?<type>type\s)?(?:[^'";]*?\sfrom\s)?\s*['"](?<name>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]/gm;

/** What a source imports, or re-exports. */
function importsOf(file: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map(({ groups }) => {
    const typeOnly = groups?.type !== undefined;
    const name = (groups?.name ?? groups?.lazy ?? '').replace(/\?.*$/, '');
    if (name.startsWith('#')) return { to: `src/${name.slice(1)}`, typeOnly };
    if (name.startsWith('.')) return { to: posix.join(posix.dirname(file), name), typeOnly };
    return { to: name, typeOnly };
  });
}

function folderOf(path: string): string {
  const [top, folder] = path.split('/');
  return (top === 'src' ? folder : top) ?? '';
}

/** Why a source file may not import what it imports, or null. */
function objection(from: string, to: string): string | null {
  const importer = folderOf(from);
  const ours = to.startsWith('src/') || to.startsWith('workers/');
  if (!ours) {
    const rule = PACKAGES.find(([name]) => name.test(to));
    return rule && !rule[1].includes(importer) ? `only ${rule[1].join(', ')} may import it` : null;
  }
  const imported = folderOf(to);
  if (imported === importer && importer !== 'main.tsx') return null;
  if (imported in ROOFS) return 'nobody imports a roof';
  if (storeyOf(imported) < 0) return `${imported} is not a folder of the house`;
  const reach = ROOFS[importer];
  if (reach !== undefined) return storeyOf(imported) <= storeyOf(reach) ? null : `${importer} stops at ${reach}`;
  if (storeyOf(importer) < 0) return `${importer} is not a folder of the house`;
  return storeyOf(imported) < storeyOf(importer) ? null : `${importer} does not stand above ${imported}`;
}

/** A cycle of imports as the files along it, or null. */
function findCycle(edges: readonly Pick<Edge, 'from' | 'to'>[]): string[] | null {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const to of targets.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const { from } of edges) {
    const cycle = visit(from, []);
    if (cycle) return cycle;
  }
  return null;
}

function sourceFiles(): string[] {
  return ['src', 'workers'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((file) => !/\.(test|d)\.tsx?$|\/(assembly|golden|fixtures)\//.test(file)),
  );
}

const files = sourceFiles();
const edges = files.flatMap((from) =>
  importsOf(from, readFileSync(join(ROOT, from), 'utf8')).map((found): Edge => ({ from, ...found })),
);

test('the scan finds the files and their imports', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(edges.length).toBeGreaterThan(files.length);
  const missing = edges.filter(({ to }) => /^(src|workers)\//.test(to) && !existsSync(join(ROOT, to)));
  expect(missing.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('every import goes down the house, and packages stay in their rooms', () => {
  const wrong = edges.flatMap((edge) => {
    const reason = objection(edge.from, edge.to);
    return reason ? [`${edge.from} -> ${edge.to}: ${reason}`] : [];
  });
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle (types may)', () => {
  const running = edges.filter((edge) => !edge.typeOnly);
  expect(findCycle(running)?.join(' -> ') ?? 'none').toBe('none');
});

test('the registries are the only barrels', () => {
  const barrels = files.filter((file) => /\/index\.tsx?$/.test(file) && !REGISTRIES.includes(file));
  expect(barrels).toEqual([]);
});

test.each([
  ['src/chem/a.ts', 'src/data/b.ts', 'chem does not stand above data'],
  ['src/kernels/a.ts', 'src/formats/b.ts', 'kernels does not stand above formats'],
  ['src/ui/a.tsx', 'src/main.tsx', 'nobody imports a roof'],
  ['src/cli/main.ts', 'src/state/store.ts', 'cli stops at compute'],
  ['src/data/a.ts', 'src/misc/b.ts', 'misc is not a folder of the house'],
  ['src/state/a.ts', 'react', 'only render, plots, ui, main.tsx may import it'],
  ['src/ui/a.tsx', 'three/examples/jsm/x.js', 'only render may import it'],
  ['src/compute/a.ts', 'node:fs', 'only cli may import it'],
  ['src/render/a.tsx', '@react-three/fiber', null],
  ['src/state/a.ts', 'zustand', null],
  ['src/main.tsx', 'src/ui/App.tsx', null],
  ['workers/block.worker.ts', 'src/compute/blockApi.ts', null],
])('%s -> %s is judged: %s', (from, to, reason) => {
  expect(objection(from, to)).toBe(reason);
});

test('imports are read in every form, and not from comments', () => {
  const source = [
    "import a from './a.ts';",
    "import type {\n  B,\n} from '#data/b.ts';",
    "export { c } from '../chem/c.ts';",
    "import './side.css';",
    "const d = await import('plotly.js-dist-min');",
    "import e from './assembly/e.ts?wasm-bytes';",
    "// import no from 'no';",
    "/** import no from 'no'; */",
    "const text = 'nothing imported from here';",
  ].join('\n');
  expect(importsOf('src/data/x.ts', source)).toEqual([
    { to: 'src/data/a.ts', typeOnly: false },
    { to: 'src/data/b.ts', typeOnly: true },
    { to: 'src/chem/c.ts', typeOnly: false },
    { to: 'src/data/side.css', typeOnly: false },
    { to: 'plotly.js-dist-min', typeOnly: false },
    { to: 'src/data/assembly/e.ts', typeOnly: false },
  ]);
});

test('a circle is found and told in order', () => {
  const circle = ['a b', 'b c', 'c d', 'd b'].map((pair) => ({ from: pair[0] ?? '', to: pair[2] ?? '' }));
  expect(findCycle(circle)).toEqual(['b', 'c', 'd', 'b']);
  expect(findCycle(circle.slice(0, 3))).toBeNull();
});
