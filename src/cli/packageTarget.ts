import { closeSync, openSync, readdirSync, renameSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { zipFiles } from '#compute/zip.ts';
import { badParameter } from '#data/errors.ts';
import type { OutputFile } from '#pipeline/outputFile.ts';
import { writeFiles, writeWhole } from './files.ts';

const isZip = (out: string) => /\.zip$/i.test(out);

/**
 * A package may not fall on calculations that are there already, nor on the results that it is made from.
 * @throws Refusal
 */
export function checkTarget(out: string, target: string): void {
  const found = statSync(out, { throwIfNoEntry: false });
  if (isZip(out)) {
    if (found?.isDirectory()) throw badParameter(`--out ${out} is a folder: name a file, or another folder`);
    return;
  }
  if (resolve(out) === resolve(target))
    throw badParameter(`--out ${out} holds the results: name a folder for the package`);
  if (found?.isFile()) throw badParameter(`--out ${out} is a file: name a folder, or a file that ends in .zip`);
  if (found && readdirSync(out).length > 0) throw badParameter(`--out ${out} is not empty: name a new folder`);
}

/** Write a package to a folder, or to a zip where the name ends so; gives the number of its jobs. */
export async function writePackage(out: string, files: Iterable<OutputFile>): Promise<number> {
  const counter = { jobs: 0 };
  const counted = countJobs(files, counter);
  if (!isZip(out)) {
    writeFiles(out, counted);
    return counter.jobs;
  }
  const partial = `${out}.part`;
  const zip = await zipFiles(counted);
  const descriptor = openSync(partial, 'w');
  for await (const chunk of zip.stream()) writeWhole(descriptor, chunk);
  closeSync(descriptor);
  renameSync(partial, out);
  return counter.jobs;
}

function* countJobs(files: Iterable<OutputFile>, counter: { jobs: number }): Generator<OutputFile> {
  for (const file of files) {
    if (/^jobs\/[^/]+\/structure\.extxyz$/.test(file.path)) counter.jobs++;
    yield file;
  }
}
