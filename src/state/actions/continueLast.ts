import { describeFailure, toFailure } from '#data/errors.ts';
import { remembered, tabMemory } from '../remembered.ts';
import { useStore } from '../store.ts';
import type { Projects } from './projects.ts';

/** Set while a project is being opened: where the page dies of it, it is not opened by itself again. */
const OPENING = 'opening';

/**
 * Go on where this tab was before it was reloaded or died; a new tab goes on with the last project that no other tab has
 * open, unless its address asks for something else.
 * @returns False where there is nothing to go on with.
 */
export async function continueLast(projects: Projects, restore: (id: string) => Promise<boolean>): Promise<boolean> {
  const { setSession } = useStore.getState();
  try {
    const kept = await projects.list();
    const mine = tabMemory.getItem('project');
    const asked = location.search.includes('snapshot=') || location.hash.includes('view=');
    const last =
      kept.find(({ id }) => id === mine) ?? (asked ? undefined : kept.find(({ open, record }) => !open && record));
    if (!last) return false;
    if (!last.record) {
      setSession({ notice: { tag: 'bad-input', message: last.problem } });
      return false;
    }
    if (remembered.getItem(OPENING) === last.id) {
      remembered.removeItem(OPENING);
      const message = `The page ended while it opened the project of ${last.record.snapshot.name}: it is still kept, and can be opened under Projects`;
      setSession({ notice: { tag: 'not-ready', message } });
      return false;
    }
    remembered.setItem(OPENING, last.id);
    const restored = await restore(last.id);
    remembered.removeItem(OPENING);
    return restored;
  } catch (thrown) {
    setSession({ keeping: { status: 'refused', message: describeFailure(toFailure(thrown)) } });
    return false;
  }
}
