import { useMemo, useState } from 'react';
import { replicaCheck } from '#plots/replicaCheck.ts';
import { replicaSweep } from '#plots/replicaSweep.ts';
import { sweepGround } from '#state/slices/replicaSweep.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { Select } from '../controls/Select.tsx';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import styles from './PlotsPanel.module.css';
import { PlotView } from './PlotView.tsx';
import { atOnce, type PlotState } from './plotState.ts';
import { arrayOf } from './plots.ts';

type View = 'cells' | 'sweep';
const VIEWS: readonly { value: View; label: string }[] = [
  { value: 'cells', label: 'The cells as they are cut' },
  { value: 'sweep', label: 'Over cell edge and seam distance' },
];

/** Whether a small cell suffices: energies of the centres in their cells against those in the snapshot. */
export function ReplicaCheckPane() {
  const [view, setView] = useState<View>('cells');
  const cells = useCheckPlot();
  const sweep = useSweepPlot();
  const known = useStore((store) => sweepGround(store) !== '');
  if (!known && !cells) return <NoPotential />;
  return (
    <>
      <div className={styles.options}>
        <Select aria-label="What is drawn" value={view} options={VIEWS} onChange={(value) => setView(value as View)} />
        <span className={styles.spacer} />
        {view === 'sweep' && sweep && <SweepButton words="Compute again" />}
      </div>
      {view === 'cells' ? cells ? <PlotView state={cells} /> : <NoPotential /> : <Sweep plot={sweep} />}
    </>
  );
}

function Sweep({ plot }: { readonly plot: PlotState | null }) {
  if (plot) return <PlotView state={plot} />;
  return (
    <div className={styles.missing}>
      <p>
        <strong>Not computed yet.</strong>
        <br />
        Cut every cell with edges of 9 to 14 Å and seam distances of 1.9 to 2.4 Å, and compute the centres.
      </p>
      <SweepButton words="Compute" />
    </div>
  );
}

function SweepButton({ words }: { readonly words: string }) {
  const workbench = useWorkbench();
  const busy = useStore((store) => store.job !== null);
  const fresh = useStore((store) => store.replicaSweep?.from === sweepGround(store));
  const possible = useStore((store) => store.parameters.potential !== null);
  const running = useStore((store) => store.job?.stage === 'energies');
  if (running) return <Button onClick={() => workbench.cancel()}>Cancel</Button>;
  return (
    <Button
      disabled={busy || fresh || !possible}
      title={possible ? (fresh ? 'Up to date' : '') : 'Run a classical potential first (step 7)'}
      onClick={() => void workbench.sweepReplicas()}
    >
      {words}
    </Button>
  );
}

function NoPotential() {
  return (
    <div className={styles.missing}>
      <p>
        <strong>Not computed yet.</strong>
        <br />
        Have a classical potential compute the cells: then their centres can be compared with the snapshot.
      </p>
      <Button onClick={() => useStore.getState().setView({ openStep: 'energies' })}>Open step 7, Energies</Button>
    </div>
  );
}

function useCheckPlot(): PlotState | null {
  const { columns: registry } = useWorkbench();
  const summary = useStore((store) => store.stages.energies.summary);
  const count = useStore((store) => store.stages.snapshot.summary?.count);
  const version = useStore((store) => store.columns['structure.type']?.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when the registry holds something new.
  return useMemo((): PlotState | null => {
    const structureType = arrayOf<Uint8Array>(registry, 'structure.type');
    const check = summary?.replicaCheck;
    if (!check?.ids.length || !structureType || count === undefined) return null;
    const { bulkEnergy } = summary!;
    const rows = rowsOfIds(registry, check.ids);
    return {
      name: 'replica-check',
      label: 'Energy of each centre in its replica cell against its energy in place',
      short: 'the replica check',
      prepare: () => atOnce((colours) => replicaCheck({ check, bulkEnergy, rows, count, structureType, colours })),
    };
  }, [registry, summary, count, version]);
}

/** The last sweep, unless it is of atoms that are gone. */
function useSweepPlot(): PlotState | null {
  const made = useStore((store) => store.replicaSweep);
  const edge = useStore((store) => store.parameters.replicaEdge);
  const minDistance = useStore((store) => store.parameters.minDistance);
  const picked = useStore((store) => store.stages.select.summary !== undefined);
  return useMemo((): PlotState | null => {
    if (!made || !picked) return null;
    const { sweep } = made;
    return {
      name: 'replica-sweep',
      label: 'Deviation of the energies in replica cells from those in place, over cell edge and seam distance',
      prepare: () => atOnce((colours) => replicaSweep({ sweep, edge, minDistance, colours })),
    };
  }, [made, picked, edge, minDistance]);
}
