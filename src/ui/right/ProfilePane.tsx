import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import panel from './PlotsPanel.module.css';
import { PlotView } from './PlotView.tsx';
import { ProfileFields } from './ProfileFields.tsx';
import { type ProfileState, useProfile } from './useProfile.ts';

/** A quantity against the way through the model or away from its boundaries. */
export function ProfilePane() {
  const state = useProfile();
  const choice = useStore((store) => store.profile);
  const { setProfile } = useStore.getState();
  return (
    <>
      <ProfileFields choice={choice} refused={state.kind === 'refused'} onChange={setProfile} />
      <Body state={state} />
    </>
  );
}

function Body({ state }: { readonly state: ProfileState }) {
  switch (state.kind) {
    case 'plot':
      return <PlotView state={state.plot} />;
    case 'unmeasured':
      return <Unmeasured />;
    case 'counting':
      return <p className={panel.missing}>Counting atoms…</p>;
    case 'refused':
      return (
        <p role="alert" className={panel.missing}>
          {state.why}
        </p>
      );
  }
}

function Unmeasured() {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  return (
    <div className={panel.missing}>
      <p>
        <strong>Not computed yet.</strong>
        <br />
        Measure how far every atom lies from the nearest one that is not BCC.
      </p>
      <Button disabled={!ready} onClick={() => void workbench.measureBoundary()}>
        Measure
      </Button>
    </div>
  );
}
