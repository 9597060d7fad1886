import { type EamElement, type EamPotential, type EamStyle, triangle } from '#data/eamPotential.ts';
import { badInput } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';
import { PotentialWords, parseFortran } from './words.ts';

interface Grid {
  readonly densities: number;
  readonly densityStep: number;
  readonly distances: number;
  readonly distanceStep: number;
  readonly cutoff: number;
}

/** Lines of comment at the start. */
const COMMENTS = 3;
/** The slopes of the splines take five points. */
const FEWEST_POINTS = 5;
/** An element's line: atomic number and mass, then as a rule lattice constant and lattice. */
const ELEMENT_WORDS = { least: 2, most: 6 };

/**
 * Read an embedded-atom potential in LAMMPS's formats setfl (`eam/alloy`) and Finnis-Sinclair (`eam/fs`), which differ
 * in how many densities an element has: told apart by how many numbers there are, and where that says nothing, by the
 * file's ending. With one element both are the same.
 * @param text Of the whole file.
 * @param file Its name, for sentences.
 * @throws Refusal with the line, what was expected and what was found.
 */
export function readEamPotential(text: string, file: string): EamPotential {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const words = new PotentialWords(file, lines, COMMENTS);
  const comments = lines.slice(0, COMMENTS).map((line) => line.trim());
  const units = /\bUNITS:\s*(\w+)/.exec(comments[0] ?? '')?.[1] ?? 'metal';
  if (units !== 'metal') throw badInput({ file, line: 1, expected: 'UNITS: metal (eV and Å)', found: units });

  const symbols = readSymbols(words);
  const grid = readGrid(words, text.length);
  const style = styleOf(symbols.length, grid, words.left, file);
  const elements: EamElement[] = [];
  const embedding: Float64Array[] = [];
  const density: Float64Array[] = [];
  for (const symbol of symbols) {
    elements.push(readElement(words, symbol));
    embedding.push(words.nextTable(grid.densities, `F(rho) of ${symbol}`));
    if (style === 'eam/fs') {
      for (const host of symbols) density.push(words.nextTable(grid.distances, `rho(r) of ${symbol} at ${host}`));
    } else {
      const table = words.nextTable(grid.distances, `rho(r) of ${symbol}`);
      for (const _ of symbols) density.push(table);
    }
  }
  const pair: Float64Array[] = [];
  symbols.forEach((first, i) => {
    symbols.slice(0, i + 1).forEach((second, j) => {
      pair[triangle(i, j)] = words.nextTable(grid.distances, `r phi(r) of ${first} and ${second}`);
    });
  });
  words.finish(`the end of the file after the last table of ${style}`);
  const { densityStep, distanceStep, cutoff } = grid;
  return { style, comments, elements, densityStep, distanceStep, cutoff, embedding, density, pair };
}

function readSymbols(words: PotentialWords): readonly string[] {
  const expected = 'the number of elements and the symbol of each';
  const { words: found, line } = words.nextLine(expected);
  const [count, ...symbols] = found;
  const isRight = symbols.length > 0 && parseFortran(count!) === symbols.length;
  if (!isRight || symbols.some((symbol) => Number.isFinite(parseFortran(symbol)))) {
    throw words.refuse(line, expected, quote(found.join(' ')));
  }
  if (new Set(symbols).size < symbols.length) throw words.refuse(line, 'every element once', quote(found.join(' ')));
  return symbols;
}

/** @param length Of the file: no table can hold more numbers than that. */
function readGrid(words: PotentialWords, length: number): Grid {
  const expected = 'Nrho drho Nr dr cutoff';
  const { words: found, line } = words.nextLine(expected);
  const [densities = 0, densityStep = 0, distances = 0, distanceStep = 0, cutoff = 0] = found.map(parseFortran);
  if (found.length !== 5) throw words.refuse(line, expected, quote(found.join(' ')));
  for (const [name, count] of [
    ['Nrho', densities],
    ['Nr', distances],
  ] as const) {
    if (Number.isInteger(count) && count >= FEWEST_POINTS && count <= length) continue;
    throw words.refuse(
      line,
      `${name} to be a whole number from ${FEWEST_POINTS} up to what the file holds`,
      `${count}`,
    );
  }
  for (const [name, value] of [
    ['drho', densityStep],
    ['dr', distanceStep],
    ['cutoff', cutoff],
  ] as const) {
    if (!(value > 0 && value < Infinity)) throw words.refuse(line, `${name} to be a number above 0`, `${value}`);
  }
  return { densities, densityStep, distances, distanceStep, cutoff };
}

function styleOf(elements: number, { densities, distances }: Grid, wordsLeft: number, file: string): EamStyle {
  const pairs = triangle(elements, 0);
  const fits = (densitiesEach: number) => {
    const numbers = elements * (densities + densitiesEach * distances) + pairs * distances;
    const others = wordsLeft - numbers;
    return others >= ELEMENT_WORDS.least * elements && others <= ELEMENT_WORDS.most * elements;
  };
  if (elements > 1 && fits(1)) return 'eam/alloy';
  if (elements > 1 && fits(elements)) return 'eam/fs';
  return /\.fs$/i.test(file) ? 'eam/fs' : 'eam/alloy';
}

function readElement(words: PotentialWords, symbol: string): EamElement {
  const expected = `atomic number, mass, lattice constant and lattice of ${symbol}`;
  const { words: found, line } = words.nextLine(expected);
  const [atomicNumber = Number.NaN, mass = Number.NaN] = found.map(parseFortran);
  const isRight = found.length <= ELEMENT_WORDS.most && Number.isInteger(atomicNumber) && mass > 0 && mass < Infinity;
  if (!isRight) throw words.refuse(line, expected, quote(found.join(' ')));
  return { symbol, atomicNumber, mass };
}
