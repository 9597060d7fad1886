import { lazy, Suspense, useState } from 'react';
import { Button } from '../controls/Button.tsx';

/** Only who looks at an atom closely needs it. */
const Inspector = lazy(() => import('./Inspector.tsx').then(({ Inspector }) => ({ default: Inspector })));

/** Opens the surroundings of the atom whose card is shown. */
export function InspectButton({ row }: { readonly row: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Inspect
      </Button>
      {open && (
        <Suspense>
          <Inspector row={row} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
