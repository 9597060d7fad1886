import { expect, test } from 'vitest';
import { partsOf } from './columnValues.ts';

test('scores have components, and a column of a file may have a slash in its name', () => {
  expect(partsOf('pool.scores/3')).toEqual({ name: 'pool.scores', component: 3 });
  expect(partsOf('pool.scores')).toEqual({ name: 'pool.scores', component: null });
  expect(partsOf('file.v_pe/atom')).toEqual({ name: 'file.v_pe/atom', component: null });
});
