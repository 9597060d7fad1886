import type { StateCreator } from 'zustand';
import type { InputSettings, InputWriterId } from '#engines/input.ts';
import type { Store } from '../store.ts';

/** By engine, then by key of a setting or file of a template; only what was changed. */
type Changes = Readonly<Partial<Record<InputWriterId, Readonly<Record<string, string>>>>>;

/** What the packages of calculations are to be: kept from one look at the dialog to the next. */
export interface CalculationsSlice {
  readonly engine: InputWriterId;
  readonly inputValues: Changes;
  readonly inputTemplates: Changes;
  /** The file itself stays with the browser. */
  readonly potential: { readonly name: string; readonly blob: Blob } | null;
  readonly probes: boolean;
  readonly energyDensityCode: boolean;
  setCalculations(
    change: Partial<Pick<CalculationsSlice, 'engine' | 'potential' | 'probes' | 'energyDensityCode'>>,
  ): void;
  /** Set a value, or a template, of the engine that is chosen; undefined: the default again. */
  setEngineInput(what: 'inputValues' | 'inputTemplates', name: string, text: string | undefined): void;
}

export const createCalculationsSlice: StateCreator<Store, [], [], CalculationsSlice> = (set) => ({
  engine: 'cp2k',
  inputValues: {},
  inputTemplates: {},
  potential: null,
  probes: false,
  energyDensityCode: false,
  setCalculations: (change) => set(change),
  setEngineInput: (what, name, text) =>
    set((store) => {
      const { [name]: _, ...others } = store[what][store.engine] ?? {};
      return { [what]: { ...store[what], [store.engine]: text === undefined ? others : { ...others, [name]: text } } };
    }),
});

/** What was set for the engine that is chosen. */
export function inputSettings({
  engine,
  inputValues,
  inputTemplates,
}: Pick<CalculationsSlice, 'engine' | 'inputValues' | 'inputTemplates'>): InputSettings {
  return { values: inputValues[engine] ?? {}, templates: inputTemplates[engine] ?? {} };
}
