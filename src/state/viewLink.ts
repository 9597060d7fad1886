import { badInput } from '#data/errors.ts';
import { isNumber, isRecord, isWhole } from '#data/guards.ts';
import type { Colouring } from './slices/colouring.ts';
import { pickViewState, type ViewState } from './viewState.ts';

/** Of the fragment: `#view=…`. What follows `#` is never sent to a server. */
const KEY = 'view';
const VERSION = 1;
/** Longer ones are no links of ours: a view with every scale typed is a tenth of it. */
const MOST_CHARACTERS = 20_000;

/** Where the camera is, as plain numbers: what it looks at (Å), how it is turned (quaternion), Å from top to bottom. */
export interface LinkedCamera {
  readonly target: readonly [number, number, number];
  readonly orientation: readonly [number, number, number, number];
  readonly height: number;
}

/** What a link says. */
export interface LinkedView {
  /** Of the snapshot that it was made with. */
  readonly name: string;
  readonly count: number;
  /** Where it differs from the defaults. */
  readonly view: Partial<ViewState>;
  readonly camera?: LinkedCamera;
}

/**
 * A view as a fragment, `view=` and base64url of JSON: `{"v": 1, "name": …, "count": …, "view": {…}, "camera": {…}}`.
 * Of the view only what differs from `defaults` is in it.
 */
export function encodeViewLink(linked: Omit<LinkedView, 'view'> & { view: ViewState }, defaults: ViewState): string {
  const different = Object.entries(linked.view).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key as keyof ViewState]),
  );
  const { name, count, camera } = linked;
  return `${KEY}=${toBase64Url(JSON.stringify({ v: VERSION, name, count, view: Object.fromEntries(different), camera }))}`;
}

/**
 * What a fragment says, `#` or not before it; null where it is none of ours. Keys that are not known are left out.
 * @param colourMaps Names of the maps that exist.
 * @throws Refusal that names the first value that cannot be, or says that it is no link.
 */
export function decodeViewLink(fragment: string, colourMaps: readonly string[]): LinkedView | null {
  const packed = new URLSearchParams(fragment.replace(/^#/, '')).get(KEY);
  if (packed === null) return null;
  const said = parse(packed);
  if (said.v !== VERSION) refuse('its version', said.v, String(VERSION));
  const { name, count, camera } = said;
  if (typeof name !== 'string' || name.length > 300) refuse('the name of its snapshot', name, 'a name');
  if (!isWhole(count, 0, 2 ** 40)) refuse('its number of atoms', count, 'a whole number');
  if (!isRecord(said.view)) refuse('its view', said.view, 'an object');
  if (camera !== undefined && !isCamera(camera)) refuse('its camera', camera, 'a target, an orientation and a height');

  const view = pickViewState(said.view);
  const wrong = firstWrong(view, colourMaps);
  if (wrong) refuse(wrong.key, wrong.found, wrong.expected);
  return { name, count, view, ...(camera ? { camera } : {}) };
}

/** The first value of a view that cannot be; null where all can. */
export function firstWrong(
  view: Partial<ViewState>,
  colourMaps: readonly string[],
): { readonly key: string; readonly found: unknown; readonly expected: string } | null {
  const checks = checksOf(colourMaps);
  for (const [key, found] of Object.entries(view)) {
    const [fits, expected] = checks[key as keyof ViewState];
    if (!fits(found)) return { key, found, expected };
  }
  return null;
}

type Check = readonly [fits: (value: unknown) => boolean, expected: string];

/** One line for every switch of the view: the compiler asks for it. */
function checksOf(colourMaps: readonly string[]): Readonly<Record<keyof ViewState, Check>> {
  return {
    colourBy: quantity,
    colourMap: oneOf(...colourMaps),
    palette: oneOf('ovito', 'colourBlindSafe'),
    colourings: [isColourings, 'scales by quantity'],
    hiddenTypes: [
      (value) =>
        isList(value, 5, (code) => isWhole(code, 0, 4)) &&
        new Set(value as number[]).size === (value as number[]).length,
      'structure types, 0 to 4',
    ],
    slice: [isSlice, 'on, axis, hkl, position and thickness'],
    clipBox: [isClipBox, 'nothing, or from and to as parts of the edges'],
    crop: [isCrop, 'nothing, or id, centre and radius'],
    profile: [isProfile, 'a quantity, against what, a direction, a bin width and a switch'],
    markChosen: [isSwitch, 'true or false'],
    projection: oneOf('orthographic', 'perspective'),
    depthShading: [isSwitch, 'true or false'],
    plotTab: oneOf('pca', 'parity', 'errors', 'histogram', 'profile', 'replicaCheck'),
    plotComponents: [
      (value) => isList(value, 2, (k) => isWhole(k, 0, 10_000)) && (value as number[]).length === 2,
      'two components',
    ],
    plotColourBy: quantity,
  };
}

const quantity: Check = [
  (value) => typeof value === 'string' && value.length > 0 && value.length <= 200,
  'the name of a quantity',
];

function oneOf(...choices: readonly string[]): Check {
  return [(value) => choices.includes(value as string), `one of ${choices.join(', ')}`];
}

function isSlice(value: unknown): boolean {
  if (!hasExactly(value, 5)) return false;
  const { on, axis, hkl, position, thickness } = value;
  const fits = isSwitch(on) && ['x', 'y', 'z', 'hkl'].includes(axis as string);
  const planes =
    isTriple(hkl, (index) => isWhole(index, -1000, 1000)) && (hkl as number[]).some((index) => index !== 0);
  return fits && planes && isNumber(position) && (thickness === null || (isNumber(thickness) && thickness > 0));
}

function isClipBox(value: unknown): boolean {
  if (value === null) return true;
  if (!hasExactly(value, 2)) return false;
  const { from, to } = value;
  const isPart = (part: unknown) => isNumber(part) && part >= 0 && part <= 1;
  return isTriple(from, isPart) && isTriple(to, isPart);
}

function isCrop(value: unknown): boolean {
  if (value === null) return true;
  if (!hasExactly(value, 3)) return false;
  const { id, centre, radius } = value;
  return isWhole(id, 0, 2 ** 40) && isTriple(centre, isNumber) && isNumber(radius) && radius > 0;
}

export function isProfile(value: unknown): boolean {
  if (!hasExactly(value, 5)) return false;
  const { quantity: id, against, direction, binWidth, withRange } = value;
  const words = quantity[0](id) && typeof direction === 'string' && direction.length <= 100;
  const along = ['x', 'y', 'z', 'direction', 'boundary'].includes(against as string);
  return words && along && isNumber(binWidth) && binWidth > 0 && isSwitch(withRange);
}

function hasExactly(value: unknown, keys: number): value is Record<string, unknown> {
  return isRecord(value) && Object.keys(value).length === keys;
}

function isTriple(value: unknown, fits: (item: unknown) => boolean): boolean {
  return isList(value, 3, fits) && (value as unknown[]).length === 3;
}

/** What each field of a scale may be. */
const COLOURING: Readonly<Record<keyof Colouring, (value: unknown) => boolean>> = {
  reversed: isSwitch,
  steps: (value) => value === null || isWhole(value, 2, 256),
  logarithmic: isSwitch,
  symmetric: isSwitch,
  trim: (value) => isNumber(value) && value >= 0 && value < 0.5,
  low: (value) => value === null || isNumber(value),
  high: (value) => value === null || isNumber(value),
  markBeyond: isSwitch,
};

function isColourings(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (scale) =>
        isRecord(scale) &&
        Object.entries(scale).every(([key, field]) => COLOURING[key as keyof Colouring]?.(field) === true),
    )
  );
}

export function isCamera(value: unknown): value is LinkedCamera {
  if (!isRecord(value)) return false;
  const { target, orientation, height } = value;
  const numbers = isList(target, 3, isNumber) && isList(orientation, 4, isNumber) && isNumber(height);
  if (!numbers || (target as number[]).length !== 3 || (orientation as number[]).length !== 4) return false;
  // A quaternion of another length would stretch the picture.
  return height > 0 && Math.abs(Math.hypot(...(orientation as number[])) - 1) < 1e-3;
}

function parse(packed: string): Record<string, unknown> {
  try {
    if (packed.length > MOST_CHARACTERS) throw new RangeError('too long');
    const said: unknown = JSON.parse(fromBase64Url(packed));
    if (isRecord(said)) return said;
  } catch {
    // Said below: whatever is wrong with it, it is not whole.
  }
  throw badInput({ message: 'The address holds no whole view link: copy it again, with everything after #' });
}

function refuse(what: string, found: unknown, expected: string): never {
  const shown = (JSON.stringify(found) ?? 'nothing').slice(0, 60);
  throw badInput({ message: `The view link was not applied: ${what} is ${shown}, expected ${expected}` });
}

function isList(value: unknown, most: number, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= most && value.every(fits);
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean';
}

function toBase64Url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(packed: string): string {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
