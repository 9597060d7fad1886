import type { StateCreator } from 'zustand';
import type { StageName } from '#pipeline/parameters.ts';
import type { Store } from '../store.ts';

export type Theme = 'dark' | 'light';
export type PlotTab = 'pca' | 'parity' | 'errors' | 'histogram' | 'profile' | 'replicaCheck';
export type StructurePalette = 'ovito' | 'colourBlindSafe';

export interface ViewSlice {
  readonly theme: Theme;
  /** Name of the column that colours the atoms; `structure.type` is coloured by palette, all others by map. */
  readonly colourBy: string;
  readonly colourMap: string;
  readonly palette: StructurePalette;
  /** Structure type codes that are not drawn. */
  readonly hiddenTypes: readonly number[];
  readonly markChosen: boolean;
  readonly projection: 'orthographic' | 'perspective';
  /** Whether hollows between atoms, and what lies behind others, are darkened. */
  readonly depthShading: boolean;
  /** Row of the atom whose card is open. */
  readonly pickedRow: number | null;
  readonly plotTab: PlotTab;
  /** Pair of principal components of the PCA plot, 0-based. */
  readonly plotComponents: readonly [number, number];
  /** Name of the column that colours its points. */
  readonly plotColourBy: string;
  /** The step of the rail that is open; null: all are closed. */
  readonly openStep: StageName | null;
  /** True while the embedded sample is shown: the page may then take its energies without asking. */
  readonly sample: boolean;
  /** Where the window is too narrow for three regions: whether the plots lie over the atoms. */
  readonly drawerOpen: boolean;
  /** Name of a table of energies that was refused: it is tried again when what it lacked has been given. */
  readonly refusedTable: string | null;
  /** True while a plot is shown that can be exported. */
  readonly plotReady: boolean;
  /** While a hand holds something in the picture: what it changes until it lets go is one entry of the history. */
  readonly handHolds: boolean;
  setView(change: Partial<Omit<ViewSlice, 'setView' | 'toggleType'>>): void;
  toggleType(code: number): void;
}

export const createViewSlice: StateCreator<Store, [], [], ViewSlice> = (set) => ({
  theme: 'dark',
  colourBy: 'structure.type',
  colourMap: 'viridis',
  palette: 'ovito',
  hiddenTypes: [],
  markChosen: true,
  projection: 'orthographic',
  depthShading: true,
  pickedRow: null,
  plotTab: 'pca',
  plotComponents: [0, 1],
  plotColourBy: 'structure.type',
  openStep: null,
  sample: false,
  drawerOpen: false,
  refusedTable: null,
  plotReady: false,
  handHolds: false,
  setView: (change) => set(change),
  toggleType: (code) =>
    set(({ hiddenTypes }) => ({
      hiddenTypes: hiddenTypes.includes(code) ? hiddenTypes.filter((other) => other !== code) : [...hiddenTypes, code],
    })),
});
