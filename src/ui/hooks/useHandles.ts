import { createContext, useContext } from 'react';
import type { ViewDirection } from '#render/pose.ts';
import type { LinkedCamera } from '#state/viewLink.ts';

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
    /** Where the camera is, for links; null before there is a picture. */
    camera(): LinkedCamera | null;
    setCamera(camera: LinkedCamera): void;
  } | null;
  plot: {
    /** Name for files: "parity". */
    readonly name: string;
    csv(): Blob;
    svg(): Promise<Blob>;
  } | null;
  page: {
    copyViewLink(): void;
    startTour(): void;
    showHelp(): void;
    showFigures(): void;
    showProjects(): void;
  } | null;
}

const HandlesContext = createContext<Handles>({ atoms: null, plot: null, page: null });

/** One mutable object: handles come and go without anything being drawn anew. */
export function useHandles(): Handles {
  return useContext(HandlesContext);
}
