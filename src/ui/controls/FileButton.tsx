import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';

interface FileButtonProps {
  /** Extensions for the browser's dialog; other files can still be chosen there. */
  readonly accept?: string;
  readonly onFile: (file: File) => void;
  /** Where it is given, several files may be chosen, and it is called for more than one. */
  readonly onFiles?: (files: readonly File[]) => void;
  /** Ask for a folder, with all that lies below it. */
  readonly folder?: boolean;
  readonly look?: 'filled' | 'outlined' | 'plain';
  readonly disabled?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** Not in the types of React, for it is not in the standard; every browser has it. */
const FOLDER: Readonly<Record<string, string>> = { webkitdirectory: '' };

/** A button that asks for a file, for several, or for a folder. */
export function FileButton({ accept, onFile, onFiles, folder = false, children, ...rest }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...rest} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        {...(accept === undefined ? {} : { accept })}
        multiple={onFiles !== undefined && !folder}
        {...(folder ? FOLDER : {})}
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again, changed meanwhile.
          event.target.value = '';
          const [first] = files;
          if (!first) return;
          if (onFiles && (folder || files.length > 1)) onFiles(files);
          else onFile(first);
        }}
      />
    </>
  );
}
