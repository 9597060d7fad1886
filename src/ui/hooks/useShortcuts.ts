import { useEffect } from 'react';
import { BCC } from '#chem/structureTypes.ts';
import { STAGES } from '#pipeline/stages.ts';
import { useStore } from '#state/store.ts';
import { COLOUR_MENU_ID } from '../centre/colourBy.ts';
import { toggleTool } from '../centre/SelectTools.tsx';
import { useHandles } from './useHandles.ts';
import { useWorkbench } from './useWorkbench.ts';

/** The keys of the page, wherever the focus is, except where somebody types. */
export function useShortcuts(showHelp: () => void): void {
  const handles = useHandles();
  const { sets } = useWorkbench();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (isUndo(event)) {
        event.preventDefault();
        if (event.shiftKey || event.key.toLowerCase() === 'y') sets.history.redo();
        else sets.history.undo();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = actionOf(event.key, { showHelp, frameAll: () => handles.atoms?.frameAll() });
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [handles, sets, showHelp]);
}

function isUndo({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || !(ctrlKey || metaKey)) return false;
  return key.toLowerCase() === 'z' || (key.toLowerCase() === 'y' && !shiftKey);
}

function actionOf(key: string, { showHelp, frameAll }: { showHelp(): void; frameAll(): void }): (() => void) | null {
  const { openStep, drawerOpen, pickedRow, slice, pictureTool, setView, setSlice, toggleType } = useStore.getState();
  const { measuring, measured, setMeasuring, clearMeasured } = useStore.getState();
  const step = STAGES[Number(key) - 1];
  if (step) return () => setView({ openStep: openStep === step.name ? null : step.name });
  switch (key.toLowerCase()) {
    case 'h':
      return () => toggleType(BCC);
    case 's':
      return () => setSlice({ on: !slice.on });
    case '[':
    case ']':
      return slice.on ? () => setSlice({ position: slice.position + (key === ']' ? NUDGE : -NUDGE) }) : null;
    case 'l':
      return () => toggleTool('lasso');
    case 'b':
      return () => toggleTool('box');
    case 'm':
      return () => setMeasuring(!measuring);
    case 'c':
      return openColourMenu;
    case 'f':
      return frameAll;
    case '?':
      return showHelp;
    case 'escape':
      if (pictureTool !== 'turn') return () => toggleTool(pictureTool);
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

/** Of a slice by key, Å. */
const NUDGE = 1;

const WORDLESS = ['checkbox', 'radio', 'range', 'button', 'file'];

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open]')) return true;
  if (target instanceof HTMLInputElement) return !WORDLESS.includes(target.type);
  // A list jumps to entries by their first letters.
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
