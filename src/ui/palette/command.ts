import type { StageName } from '#pipeline/parameters.ts';
import type { History } from '#state/history.ts';
import type { Store } from '#state/store.ts';
import type { MenuItem } from '../controls/MenuItems.tsx';
import type { Handles } from '../hooks/useHandles.ts';

/** A key, or several for the same; Ctrl is Cmd on a Mac. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  readonly ctrl?: true;
  readonly shift?: true;
}

export interface Command {
  readonly id: string;
  readonly group: 'Page' | 'Steps' | 'Colour' | 'Picture' | 'Plots' | 'Take away';
  readonly label: string;
  /** Why it cannot be done now; undefined where it can. */
  readonly unavailable?: string | undefined;
  readonly keys?: readonly Shortcut[];
  /** In the list of keys, where it says more than the label. */
  readonly help?: string;
  /** Only a key: the palette has no use for it. */
  readonly keyOnly?: true;
  run(): void;
}

/** What commands act on. */
export interface PageParts {
  readonly store: Store;
  readonly handles: Handles;
  readonly history: History;
  readonly exports: readonly MenuItem[];
  open(): void;
  openSample(): void;
  runStage(stage: StageName): void;
  runLoop(): void;
  cancel(): void;
  startTour(): void;
  showFigures(): void;
  showProjects(): void;
  showCamera(): void;
  showHelp(): void;
  showPalette(): void;
}
