import type { StateCreator } from 'zustand';
import { defaultParameters, type ParameterName, type Parameters } from '#pipeline/parameters.ts';
import type { Store } from '../store.ts';

export interface ParametersSlice {
  readonly parameters: Parameters;
  setParameter<K extends ParameterName>(name: K, value: Parameters[K]): void;
}

export const createParametersSlice: StateCreator<Store, [], [], ParametersSlice> = (set) => ({
  parameters: defaultParameters(),
  setParameter: (name, value) => set(({ parameters }) => ({ parameters: { ...parameters, [name]: value } })),
});
