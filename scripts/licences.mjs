// node scripts/licences.mjs: writes docs/licences.md and public/licences.txt. To be run when packages change.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './install.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying)([-_.].*)?$/i;
/** The browser that draws figures without a screen brings the notices of thousands, none of which are in the page. */
const NAMES_ONLY = new Set(['playwright-core']);

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence As SPDX has it.
 * @property {string[]} texts Of its licence files.
 */

/**
 * Every package that comes with a release, by the lock file; those only for development are none.
 * @returns {Package[]}
 */
export function shippedPackages(project = PROJECT) {
  /** @type {{packages: Record<string, {version: string, license?: string, dev?: boolean, devOptional?: boolean, optional?: boolean}>}} */
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  return (
    Object.entries(lock.packages)
      .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
      // Of another kind of machine: not here, and not in the page.
      .filter(([path, entry]) => !entry.optional || existsSync(join(project, path)))
      .map(([path, { version, license }]) => {
        const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
        const folder = join(project, path);
        return {
          name,
          version,
          licence: license ?? statedIn(folder),
          texts: NAMES_ONLY.has(name) ? [] : textsIn(folder),
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  );
}

/** @param {string} folder */
function statedIn(folder) {
  const { license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return (
    license?.type ??
    license ??
    licenses?.map((/** @type {{type: string}} */ { type }) => type).join(' OR ') ??
    'none stated'
  );
}

/** @param {string} folder */
function textsIn(folder) {
  return readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** @param {readonly Package[]} packages */
export function licenceTable(packages) {
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return `# Licences of what comes with Grainscope

Written by \`node scripts/licences.mjs\` from the lock file; a test holds it up to date. Grainscope itself is MIT. The texts of
the licences lie beside the page as \`licences.txt\`.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}

/**
 * The texts of all licences, each once with the packages that are under it.
 * @param {readonly Package[]} packages
 */
export function licenceTexts(packages) {
  /** @type {Map<string, string[]>} */
  const under = new Map();
  for (const { name, version, licence, texts } of packages) {
    for (const text of texts.length > 0 ? texts : [`${licence}; the package brings no text of it.`]) {
      under.set(text, [...(under.get(text) ?? []), `${name} ${version}`]);
    }
  }
  const line = '-'.repeat(80);
  const parts = [...under].map(([text, names]) => `${names.join(', ')}\n${line}\n${text}\n`);
  return `Grainscope holds parts of these packages, under the licences that follow.\n\n${parts.join('\n\n')}`;
}

export const LICENCE_FILES = {
  table: join(PROJECT, 'docs', 'licences.md'),
  texts: join(PROJECT, 'public', 'licences.txt'),
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const packages = shippedPackages();
  writeFileSync(LICENCE_FILES.table, licenceTable(packages));
  writeFileSync(LICENCE_FILES.texts, licenceTexts(packages));
}
