import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';

interface FileButtonProps {
  /** Extensions for the browser's dialog; other files can still be chosen there. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly look?: 'filled' | 'outlined' | 'plain';
  readonly disabled?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A button that asks for one file. */
export function FileButton({ accept, onFile, children, ...rest }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...rest} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again, changed meanwhile.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
