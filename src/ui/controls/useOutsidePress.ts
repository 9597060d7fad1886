import { type RefObject, useEffect, useEffectEvent } from 'react';

/** While something is open: calls back where a pointer is pressed outside all of its parts. */
export function useOutsidePress(
  open: boolean,
  parts: readonly RefObject<HTMLElement | null>[],
  onOutside: () => void,
): void {
  const pressed = useEffectEvent(({ target }: PointerEvent) => {
    if (!parts.some(({ current }) => current?.contains(target as Node))) onOutside();
  });
  useEffect(() => {
    if (!open) return;
    addEventListener('pointerdown', pressed);
    return () => removeEventListener('pointerdown', pressed);
  }, [open]);
}
