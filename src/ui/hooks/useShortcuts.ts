import { useEffect } from 'react';
import { BCC } from '#chem/structureTypes.ts';
import { STAGES } from '#pipeline/stages.ts';
import { useStore } from '#state/store.ts';
import { COLOUR_MENU_ID } from '../centre/colourBy.ts';
import { useHandles } from './useHandles.ts';

/** The keys of the page, wherever the focus is, except where somebody types. */
export function useShortcuts(showHelp: () => void): void {
  const handles = useHandles();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const act = actionOf(event.key, { showHelp, frameAll: () => handles.atoms?.frameAll() });
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [handles, showHelp]);
}

function actionOf(key: string, { showHelp, frameAll }: { showHelp(): void; frameAll(): void }): (() => void) | null {
  const { openStep, drawerOpen, pickedRow, slice, setView, setSlice, toggleType } = useStore.getState();
  const { measuring, measured, setMeasuring, clearMeasured } = useStore.getState();
  const step = STAGES[Number(key) - 1];
  if (step) return () => setView({ openStep: openStep === step.name ? null : step.name });
  switch (key.toLowerCase()) {
    case 'h':
      return () => toggleType(BCC);
    case 's':
      return () => setSlice({ on: !slice.on });
    case 'm':
      return () => setMeasuring(!measuring);
    case 'c':
      return openColourMenu;
    case 'f':
      return frameAll;
    case '?':
      return showHelp;
    case 'escape':
      if (measuring) return measured.length > 0 ? () => clearMeasured() : () => setMeasuring(false);
      return pickedRow === null && drawerOpen
        ? () => setView({ drawerOpen: false })
        : () => setView({ pickedRow: null });
    default:
      return null;
  }
}

function openColourMenu(): void {
  const menu = document.getElementById(COLOUR_MENU_ID) as HTMLSelectElement | null;
  menu?.focus();
  try {
    menu?.showPicker();
  } catch {
    // Not in every browser: the menu then has the focus, and arrow keys choose.
  }
}

const WORDLESS = ['checkbox', 'radio', 'range', 'button', 'file'];

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return !WORDLESS.includes(target.type);
  // A list jumps to entries by their first letters.
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
