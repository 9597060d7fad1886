import { createContext, useContext } from 'react';
import type { ViewDirection } from '#render/pose.ts';

/** What can be asked of the picture and of the plot that is shown, from anywhere on the page. */
export interface Handles {
  atoms: {
    frameAll(): void;
    viewAlong(direction: ViewDirection): void;
    /** The picture as one sees it, legend included. */
    capture(): Promise<Blob>;
    /** Whether an atom is in the picture; null where there is none. */
    visible(): ((row: number) => boolean) | null;
    /** Whether an atom lies in the slice that is shown; null where none is. */
    inSlice(): ((row: number) => boolean) | null;
  } | null;
  plot: {
    /** Name for files: "parity". */
    readonly name: string;
    csv(): Blob;
    svg(): Promise<Blob>;
  } | null;
}

const HandlesContext = createContext<Handles>({ atoms: null, plot: null });

/** One mutable object: handles come and go without anything being drawn anew. */
export function useHandles(): Handles {
  return useContext(HandlesContext);
}
