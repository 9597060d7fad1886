import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LICENCE_FILES, licenceTable, licenceTexts, shippedPackages } from '../scripts/licences.mjs';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const lock = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { version: string; resolved?: string; integrity?: string }>;
};

/** Each lets us pass the page on with a notice. */
const PERMISSIVE = /^(MIT|MIT\*|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|Unlicense|Zlib)$/;

/** "A OR (B AND C)" as SPDX has it: one of the choices, and all parts of that one. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.test(part)));
}

test('dependencies are pinned exactly, and the lock file says the same', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test('the lock file names no host, and every package by its hash', () => {
  const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  expect(read('package-lock.json')).not.toMatch(/https?:[^"]*\.tgz/);
});

test('the list of licences is up to date (node scripts/licences.mjs), and all of them let us pass the page on', () => {
  const packages = shippedPackages();
  expect(packages.length).toBeGreaterThan(30);
  const others = packages.filter(({ licence }) => !isPermissive(licence));
  expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  expect(readFileSync(LICENCE_FILES.table, 'utf8')).toBe(licenceTable(packages));
  expect(readFileSync(LICENCE_FILES.texts, 'utf8')).toBe(licenceTexts(packages));
});
