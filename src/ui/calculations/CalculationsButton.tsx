import { Cpu } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../controls/Button.tsx';

/** Programs, their inputs and scripts come only when somebody wants to compute. */
const CalculationsDialog = lazy(() =>
  import('./CalculationsDialog.tsx').then(({ CalculationsDialog }) => ({ default: CalculationsDialog })),
);

/** Opens what makes a package of calculations from the replica cells. */
export function CalculationsButton({ disabled }: { readonly disabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        disabled={disabled}
        title="Inputs and scripts for a cluster, with one program"
        onClick={() => setOpen(true)}
      >
        <Cpu aria-hidden />
        Calculations…
      </Button>
      {open && (
        <Suspense>
          <CalculationsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
