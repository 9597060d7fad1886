import { Lasso, SquareDashed } from 'lucide-react';
import type { PictureTool } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';

const TOOLS: readonly { readonly tool: PictureTool; readonly label: string; readonly Icon: typeof Lasso }[] = [
  { tool: 'lasso', label: 'Select with a lasso (L)', Icon: Lasso },
  { tool: 'box', label: 'Select with a box (B)', Icon: SquareDashed },
];

/** Switches between turning the model and drawing around atoms. */
export function SelectTools() {
  const current = useStore((store) => store.pictureTool);
  return TOOLS.map(({ tool, label, Icon }) => (
    <IconButton key={tool} label={label} aria-pressed={tool === current} onClick={() => toggleTool(tool)}>
      <Icon aria-hidden />
    </IconButton>
  ));
}

/** Take up a tool, or put it away. */
export function toggleTool(tool: PictureTool): void {
  useStore.setState(({ pictureTool }) => ({ pictureTool: pictureTool === tool ? 'turn' : tool }));
}
