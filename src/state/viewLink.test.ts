import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useStore } from './store.ts';
import { decodeViewLink, encodeViewLink } from './viewLink.ts';
import { readViewState, type ViewState } from './viewState.ts';

const MAPS = ['viridis', 'cividis', 'blueRed'];
const DEFAULTS = readViewState(useStore.getInitialState());
const SNAPSHOT = { name: 'fe-gb-16k.dump.gz', count: 16_057 };

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
const scale = fc.record(
  {
    reversed: fc.boolean(),
    steps: fc.option(fc.integer({ min: 2, max: 256 })),
    logarithmic: fc.boolean(),
    symmetric: fc.boolean(),
    low: fc.option(number),
    high: fc.option(number),
    markBeyond: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const parts = fc.constantFrom([0, 0.5, 1] as const, [0.25, 0, 0] as const);
const views: fc.Arbitrary<ViewState> = fc.record(
  {
    colourBy: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    colourMap: fc.constantFrom(...MAPS),
    palette: fc.constantFrom('ovito', 'colourBlindSafe'),
    colourings: fc.dictionary(fc.constantFrom('model.energy', 'file.c_pe', 'pool.scores/3'), scale, {
      noNullPrototype: true,
    }),
    hiddenTypes: fc.uniqueArray(fc.integer({ min: 0, max: 4 })),
    slice: fc.record(
      {
        on: fc.boolean(),
        axis: fc.constantFrom('x', 'y', 'z', 'hkl'),
        hkl: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.constant(0)),
        position: number,
        thickness: fc.option(fc.double({ min: 0.1, max: 100, noNaN: true })),
      },
      { noNullPrototype: true },
    ),
    clipBox: fc.option(fc.record({ from: parts, to: parts }, { noNullPrototype: true })),
    crop: fc.option(
      fc.record(
        {
          id: fc.nat(),
          centre: fc.tuple(number, number, number),
          radius: fc.double({ min: 0.1, max: 99, noNaN: true }),
        },
        { noNullPrototype: true },
      ),
    ),
    profile: fc.record(
      {
        quantity: fc.constantFrom('structure.type', 'model.energy'),
        against: fc.constantFrom('x', 'direction', 'boundary'),
        direction: fc.constantFrom('1 1 0', ''),
        binWidth: fc.constantFrom(0.5, 2),
        withRange: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
    markChosen: fc.boolean(),
    projection: fc.constantFrom('orthographic', 'perspective'),
    depthShading: fc.boolean(),
    plotTab: fc.constantFrom('pca', 'parity', 'errors', 'histogram'),
    plotComponents: fc.tuple(fc.nat(50), fc.nat(50)),
    plotColourBy: fc.constantFrom('structure.type', 'model.energy'),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<ViewState>;

/** A fragment that says anything. */
const saying = (said: unknown) =>
  `#view=${btoa(JSON.stringify(said)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
const withView = (view: unknown) => saying({ v: 1, ...SNAPSHOT, view });

describe('a view link', () => {
  it('gives back the view that it was made of', () => {
    fc.assert(
      fc.property(views, fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(), (view, name, count) => {
        const fragment = encodeViewLink({ name, count, view }, DEFAULTS);
        expect(fragment).toMatch(/^view=[\w-]+$/);
        const linked = decodeViewLink(`#${fragment}`, MAPS)!;
        expect({ name: linked.name, count: linked.count }).toEqual({ name, count });
        expect({ ...DEFAULTS, ...linked.view }).toEqual(view);
      }),
    );
  });

  it('holds only what differs from the defaults', () => {
    const view = { ...DEFAULTS, hiddenTypes: [3] };
    expect(decodeViewLink(encodeViewLink({ ...SNAPSHOT, view }, DEFAULTS), MAPS)!.view).toEqual({ hiddenTypes: [3] });
  });

  it('holds the camera', () => {
    const camera = { target: [1, -2, 3], orientation: [0, 0.6, 0, 0.8], height: 57.5 } as const;
    const fragment = encodeViewLink({ ...SNAPSHOT, view: DEFAULTS, camera }, DEFAULTS);
    expect(decodeViewLink(fragment, MAPS)).toEqual({ ...SNAPSHOT, view: {}, camera });
  });

  it('is no link where the fragment is about something else', () => {
    expect(decodeViewLink('', MAPS)).toBeNull();
    expect(decodeViewLink('#help', MAPS)).toBeNull();
  });

  it('leaves out what it does not know', () => {
    expect(
      decodeViewLink(withView({ theme: 'light', __proto__: 1, future: {}, markChosen: false }), MAPS)!.view,
    ).toEqual({
      markChosen: false,
    });
  });

  it.each([
    ['colourMap', 'toString', 'colourMap is "toString", expected one of viridis, cividis, blueRed'],
    ['hiddenTypes', [9], 'hiddenTypes is [9], expected structure types, 0 to 4'],
    ['hiddenTypes', [3, 3], 'hiddenTypes is [3,3]'],
    ['slice', { on: true, axis: 'w', hkl: [1, 0, 0], position: 0, thickness: 5 }, 'slice is'],
    ['slice', { on: true, axis: 'z', hkl: [1, 0, 0], position: null, thickness: 5 }, 'slice is'],
    ['slice', { on: true, axis: 'z', hkl: [1, 0, 0], position: 0, thickness: -5 }, 'slice is'],
    ['slice', { on: true, axis: 'hkl', hkl: [0, 0, 0], position: 0, thickness: 5 }, 'slice is'],
    ['clipBox', { from: [0, 0, 2], to: [1, 1, 1] }, 'clipBox is'],
    ['crop', { id: 1, centre: [0, 0], radius: 5 }, 'crop is'],
    ['profile', { quantity: 'a', against: 'x', direction: 7, binWidth: 1, withRange: true }, 'profile is'],
    ['plotComponents', [0.5, 1], 'plotComponents is [0.5,1], expected two components'],
    ['colourings', { x: { constructor: true } }, 'colourings is'],
    ['colourings', [1], 'colourings is [1]'],
    ['markChosen', 'yes', 'markChosen is "yes", expected true or false'],
    ['colourBy', 7, 'colourBy is 7, expected the name of a quantity'],
    ['plotTab', null, 'plotTab is null'],
  ])('refuses a wrong %s, %j, and names it', (key, value, words) => {
    expect(() => decodeViewLink(withView({ [key]: value }), MAPS)).toThrow(words);
  });

  it.each([
    [{ v: 2, ...SNAPSHOT, view: {} }, 'its version is 2, expected 1'],
    [{ v: 1, count: 1, view: {} }, 'the name of its snapshot is nothing'],
    [{ v: 1, name: 'a', count: -1, view: {} }, 'its number of atoms is -1'],
    [{ v: 1, ...SNAPSHOT, view: [] }, 'its view is []'],
    [
      { v: 1, ...SNAPSHOT, view: {}, camera: { target: [0, 0], orientation: [0, 0, 0, 1], height: 1 } },
      'its camera is',
    ],
    [
      { v: 1, ...SNAPSHOT, view: {}, camera: { target: [0, 0, 0], orientation: [9, 0, 0, 1], height: 1 } },
      'its camera is',
    ],
  ])('refuses %j', (said, words) => {
    expect(() => decodeViewLink(saying(said), MAPS)).toThrow(words);
  });

  it('takes no text for a view, whatever it is', () => {
    const broken = 'The address holds no whole view link';
    for (const packed of ['', '%%%', 'e30x', btoa('[1]'), btoa('null'), btoa('{"v":1'), 'A'.repeat(50_000)]) {
      expect(() => decodeViewLink(`#view=${packed}`, MAPS)).toThrow(broken);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeViewLink(`#view=${encodeURIComponent(text)}`, MAPS)).toThrow();
      }),
    );
  });
});
