import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { ComputeClient } from '#compute/client.ts';
import { ensureIsolation } from '#compute/isolation.ts';
import { nextTurn } from '#data/background.ts';
import { toFailure } from '#data/errors.ts';
import { availableArithmetic } from '#kernels/wasm/arithmetic.ts';
import { continueLast } from '#state/actions/continueLast.ts';
import { keepPage } from '#state/actions/keepPage.ts';
import { fetchSnapshot, SAMPLE_ADDRESS } from '#state/actions/openAddress.ts';
import { Runner } from '#state/actions/run.ts';
import { Workbench } from '#state/actions/workbench.ts';
import { ColumnRegistry } from '#state/columnRegistry.ts';
import { remembered } from '#state/remembered.ts';
import { useStore } from '#state/store.ts';
import { WorkbenchContext } from '#ui/hooks/useWorkbench.ts';
import '#ui/theme.css';
import '#ui/base.css';

const MOST_THREADS = 16;

/** The roof: builds what computes and what is shown, joins them, and opens the first snapshot. */
async function start(): Promise<void> {
  if ((await ensureIsolation()) === 'reloading') return;
  const { setView, setSession } = useStore.getState();
  if (remembered.getItem('theme') === 'light') setView({ theme: 'light' });

  const client = new ComputeClient();
  const columns = new ColumnRegistry();
  const workbench = new Workbench(client, new Runner(client, columns), columns, Object.keys(COLOUR_MAPS));
  client.onRevive = (failure) => workbench.loseComputed(failure);
  const App = await pageInParts();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <WorkbenchContext value={workbench}>
        <App />
      </WorkbenchContext>
    </StrictMode>,
  );

  try {
    const threads = Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency));
    const simd = availableArithmetic('float32') === 'float32';
    setSession({ platform: { ...(await client.configure(threads)), simd } });
    if (!(await continueLast(workbench.projects, (id) => workbench.restore(id)))) await openFirst(workbench);
    workbench.projects.start();
  } catch (thrown) {
    setSession({ notice: toFailure(thrown) });
  } finally {
    setSession({ started: true });
  }
  await keepPage(() => setSession({ newBuild: true }));
}

/** One part a turn: evaluated together they would keep the page's own thread for more than a tenth of a second. */
async function pageInParts(): Promise<ComponentType> {
  await import('#render/AtomsCanvas.tsx');
  await nextTurn();
  const { App } = await import('#ui/App.tsx');
  await nextTurn();
  return App;
}

/** What the address asks for (`?snapshot=`), else the sample. */
async function openFirst(workbench: Workbench): Promise<void> {
  const asked = new URLSearchParams(location.search).get('snapshot');
  if (!asked) useStore.getState().setView({ sample: true });
  const input = await fetchSnapshot(asked ?? SAMPLE_ADDRESS, document.baseURI);
  await workbench.open(input, !asked);
}

void start();
