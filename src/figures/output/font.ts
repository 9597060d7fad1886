import regularTtf from '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf?url';
import boldTtf from '@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf?url';
import greek from '@fontsource/source-sans-3/files/source-sans-3-greek-400-normal.woff2?url';
import greekBold from '@fontsource/source-sans-3/files/source-sans-3-greek-700-normal.woff2?url';
import latin from '@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2?url';
import latinBold from '@fontsource/source-sans-3/files/source-sans-3-latin-700-normal.woff2?url';
import { toBase64 } from '../base64.ts';

/** What figures are written in, whatever the reader's machine has (SIL Open Font License). */
export const FIGURE_FONT = 'Source Sans 3';

/** A style sheet that holds the letters that a western text and formulas need: 65 kB. */
let styles: Promise<string> | undefined;
export function fontStyles(): Promise<string> {
  styles ??= Promise.all([
    face(latin, 400, 'U+0000-00FF, U+2000-206F, U+2212'),
    face(greek, 400, 'U+0370-03FF'),
    face(latinBold, 700, 'U+0000-00FF, U+2000-206F, U+2212'),
    face(greekBold, 700, 'U+0370-03FF'),
  ]).then((faces) => faces.join('\n'));
  return styles;
}

async function face(address: string, weight: number, range: string): Promise<string> {
  const data = `data:font/woff2;base64,${await fetched(address)}`;
  return `@font-face { font-family: "${FIGURE_FONT}"; font-weight: ${weight}; src: url(${data}) format("woff2"); unicode-range: ${range}; }`;
}

/** The same font as TrueType, base64: what is embedded in a PDF. */
let trueType: Promise<{ readonly regular: string; readonly bold: string }> | undefined;
export function trueTypeFont(): Promise<{ readonly regular: string; readonly bold: string }> {
  trueType ??= Promise.all([fetched(regularTtf), fetched(boldTtf)]).then(([regular, bold]) => ({ regular, bold }));
  return trueType;
}

/** Have the page itself know the font, which what measures words asks. */
let known: Promise<unknown> | undefined;
export function introduceFont(): Promise<unknown> {
  known ??= Promise.all(
    [
      [regularTtf, '400'],
      [boldTtf, '700'],
    ].map(async ([address, weight]) => {
      const loaded = await new FontFace(FIGURE_FONT, `url(${address})`, { weight: weight! }).load();
      document.fonts.add(loaded);
    }),
  );
  return known;
}

async function fetched(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the font of figures could not be loaded: the server answered ${response.status}`);
  return toBase64(new Uint8Array(await response.arrayBuffer()));
}
