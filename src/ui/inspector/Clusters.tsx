import { useCallback } from 'react';
import type { Rotation } from '#kernels/align/rotation.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { type Cluster, drawClusters } from './drawClusters.ts';
import { TurnedCanvas } from './TurnedCanvas.tsx';

interface ClustersProps {
  readonly clusters: readonly Cluster[];
  /** Å from the middle to the edge of each picture. */
  readonly reach: number;
  readonly withDistances: boolean;
  readonly label: string;
}

/** Small pictures that turn together, by drag and arrow keys. */
export function Clusters({ clusters, reach, withDistances, label }: ClustersProps) {
  const theme = useStore((store) => (store.theme === 'dark' ? DARK_SCENE : LIGHT_SCENE));
  const draw = useCallback(
    (context: CanvasRenderingContext2D, view: Rotation, width: number, height: number) =>
      drawClusters(context, clusters, view, width, height, { theme, withDistances, reach }),
    [clusters, theme, withDistances, reach],
  );
  return <TurnedCanvas label={label} draw={draw} />;
}
