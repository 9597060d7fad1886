import type { SheetSize } from '#figures/recipe.ts';
import { PX_PER_MM } from '#figures/sheet.ts';
import styles from './FigureDialog.module.css';
import type { Preview } from './usePreview.ts';

/** The sheet at the size at which it is printed, where there is room. */
export function SheetPreview({ preview, sheet, title }: SheetPreviewProps) {
  const [width, height] = [sheet.widthMm * PX_PER_MM, sheet.heightMm * PX_PER_MM];
  const part = (length: number, whole: number) => `${(100 * length) / whole}%`;
  const room = `min(${sheet.widthMm}mm, 100cqw, 100cqh * ${width / height})`;
  return (
    <div
      className={styles.drawing}
      data-transparent={sheet.transparent}
      style={{ width: room, aspectRatio: width / height }}
    >
      {preview.pictures.map(({ address, box }) => (
        <img
          key={address}
          src={address}
          alt=""
          style={{
            left: part(box.x, width),
            top: part(box.y, height),
            width: part(box.width, width),
            height: part(box.height, height),
          }}
        />
      ))}
      <img src={preview.address} alt={title} style={{ inset: 0, width: '100%', height: '100%' }} />
    </div>
  );
}

interface SheetPreviewProps {
  readonly preview: Preview;
  readonly sheet: SheetSize;
  readonly title: string;
}
