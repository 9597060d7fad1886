import { useEffect } from 'react';
import type { Command } from '../palette/command.ts';
import { commandOfKey } from '../palette/commands.ts';

/** The keys of the page, wherever the focus is, except where somebody types. */
export function useShortcuts(commands: () => Command[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target, event.ctrlKey || event.metaKey)) return;
      const command = commandOfKey(commands(), event);
      if (!command) return;
      event.preventDefault();
      if (command.unavailable === undefined) command.run();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [commands]);
}

const WORDLESS = ['checkbox', 'radio', 'range', 'button', 'file'];

function isTyping(target: EventTarget | null, withCtrl: boolean): boolean {
  // A dialog that has just closed keeps the focus in its field until the next frame.
  if (!(target instanceof HTMLElement) || !target.checkVisibility()) return false;
  if (target.closest('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return !WORDLESS.includes(target.type);
  // A list jumps to entries by their first letters.
  if (target instanceof HTMLSelectElement) return !withCtrl;
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
