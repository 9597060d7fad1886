import { describe, expect, test } from 'vitest';
import { defaultParameters } from '#pipeline/parameters.ts';
import { FIGURE_PRESETS, presetRecipe } from './presets.ts';
import { changedParameters, readRecipe, recipeText } from './recipe.ts';

const MAPS = ['viridis'];
const given = { criterion: 'ur', snapshot: { file: 'a.dump.gz' }, parameters: { seed: 3, testSet: true } };
const recipes = FIGURE_PRESETS.map((preset) => presetRecipe(preset, given));

describe('recipe', () => {
  test.each(recipes.map((recipe) => [recipe.title, recipe] as const))('%s is read as it was written', (_, recipe) => {
    expect(readRecipe(recipeText(recipe), MAPS)).toEqual(recipe);
  });

  const wrong: [what: string, change: (recipe: Record<string, unknown>) => void, sentence: RegExp][] = [
    ['another schema', (recipe) => (recipe.schema = 2), /schema is 2, expected 1/],
    ['no snapshot', (recipe) => delete recipe.snapshot, /snapshot is missing, expected an object with a file/],
    ['a parameter nobody knows', (recipe) => (recipe.parameters = { cutof: 4 }), /parameters\.cutof is 4/],
    [
      'a sheet as wide as a house',
      (recipe) => Object.assign(recipe.sheet!, { widthMm: 1e4 }),
      /sheet\.widthMm is 10000/,
    ],
    ['no dots', (recipe) => Object.assign(recipe.sheet!, { dpi: '600' }), /sheet\.dpi is "600", expected a number, 72/],
    ['no panels', (recipe) => (recipe.panels = []), /panels is \[\], expected 1 to 12/],
    ['a plot nobody knows', (recipe) => (recipe.panels = [{ kind: 'pie' }]), /panels\[0\]\.kind is "pie"/],
    [
      'three components',
      (recipe) => (recipe.panels = [{ kind: 'pca', components: [0, 1, 2] }]),
      /panels\[0\]\.components/,
    ],
    [
      'a colour map nobody knows',
      (recipe) => (recipe.panels = [{ kind: 'atoms', view: { colourMap: 'jet' }, camera: null, along: 'z' }]),
      /panels\[0\]\.view\.colourMap is "jet", expected one of viridis/,
    ],
    [
      'a camera that stretches',
      (recipe) =>
        (recipe.panels = [
          { kind: 'atoms', view: {}, camera: { target: [0, 0, 0], orientation: [2, 0, 0, 0], height: 1 }, along: 'z' },
        ]),
      /panels\[0\]\.camera/,
    ],
  ];
  test.each(wrong)('%s is refused in one sentence', (_, change, sentence) => {
    const said = JSON.parse(recipeText(recipes[0]!));
    change(said);
    expect(() => readRecipe(JSON.stringify(said), MAPS)).toThrow(sentence);
  });

  test('what is no JSON is refused', () => {
    expect(() => readRecipe('{', MAPS)).toThrow(/The recipe is no JSON/);
    expect(() => readRecipe('[]', MAPS)).toThrow(/expected an object/);
  });

  test('only parameters that were changed are in it', () => {
    expect(changedParameters({ ...defaultParameters(), seed: 7, elements: ['Fe'] })).toEqual({
      seed: 7,
      elements: ['Fe'],
    });
  });
});

describe('a profile as a panel', () => {
  const profile = { quantity: 'model.energy', against: 'boundary', direction: '1 1 1', binWidth: 0.5, withRange: true };
  const withProfile = (said: unknown) => ({ ...recipes[0]!, panels: [{ kind: 'profile', profile: said }] });
  const read = (said: unknown) => readRecipe(JSON.stringify({ schema: 1, ...withProfile(said) }), MAPS);

  test('is read as it was written', () => {
    expect(read(profile).panels).toEqual([{ kind: 'profile', profile }]);
  });

  test.each([
    ['nothing', undefined],
    ['no width', { ...profile, binWidth: 0 }],
    ['a direction nobody knows', { ...profile, against: 'w' }],
  ])('%s is refused', (_, said) => {
    expect(() => read(said)).toThrow(/panels\[0\]\.profile is/);
  });
});

test.each([
  ['count', 0, /Atoms to pick.*from 1 to 2000, found 0\./],
  ['criterion', 'luck', /Criterion.*found luck\./],
])('a parameter %s that cannot be is refused', (name, value, sentence) => {
  const text = JSON.stringify({ schema: 1, ...recipes[0]!, parameters: { [name]: value } });
  expect(() => readRecipe(text, MAPS)).toThrow(sentence);
});
