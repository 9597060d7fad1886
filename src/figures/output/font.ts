import regularTtf from '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf?url';
import boldTtf from '@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf?url';

/** What figures are written in, whatever the reader's machine has (SIL Open Font License). */
export const FIGURE_FONT = 'Source Sans 3';
/** As CSS and attributes take it: bare, its 3 is no name, and a browser falls back to the serif of the machine. */
export const FIGURE_FAMILY = `"${FIGURE_FONT}"`;

/** TrueType, 380 kB each. */
export interface FigureFont {
  readonly regular: Blob;
  readonly bold: Blob;
}

let loading: Promise<FigureFont> | undefined;
export async function loadFont(): Promise<FigureFont> {
  try {
    loading ??= Promise.all([fetched(regularTtf), fetched(boldTtf)]).then(([regular, bold]) => ({ regular, bold }));
    return await loading;
  } catch (error) {
    // The next figure tries again.
    loading = undefined;
    throw error;
  }
}

async function fetched(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the font of figures could not be loaded: the server answered ${response.status}`);
  return response.blob();
}
