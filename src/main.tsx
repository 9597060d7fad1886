import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ComputeClient } from '#compute/client.ts';
import { ensureIsolation } from '#compute/isolation.ts';
import { toFailure } from '#data/errors.ts';
import { fetchSnapshot, SAMPLE_ADDRESS } from '#state/actions/openAddress.ts';
import { Runner } from '#state/actions/run.ts';
import { Workbench } from '#state/actions/workbench.ts';
import { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { App } from '#ui/App.tsx';
import { remembered } from '#ui/hooks/remembered.ts';
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
  const workbench = new Workbench(client, new Runner(client, columns), columns);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <WorkbenchContext value={workbench}>
        <App />
      </WorkbenchContext>
    </StrictMode>,
  );

  try {
    const threads = Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency));
    setSession({ platform: await client.configure(threads) });
    await openFirst(workbench);
  } catch (thrown) {
    setSession({ notice: toFailure(thrown) });
  } finally {
    setSession({ started: true });
  }
}

/** What the address asks for (`?snapshot=`), else the sample. */
async function openFirst(workbench: Workbench): Promise<void> {
  const asked = new URLSearchParams(location.search).get('snapshot');
  if (!asked) useStore.getState().setView({ sample: true });
  const input = await fetchSnapshot(asked ?? SAMPLE_ADDRESS, document.baseURI);
  await workbench.open(input, !asked);
}

void start();
