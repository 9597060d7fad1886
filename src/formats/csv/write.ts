import Papa from 'papaparse';

export type CsvCell = string | number | boolean | null;

const ROWS_PER_CHUNK = 4096;

/** What a spreadsheet would take for a formula; a number with its sign is none. */
const FORMULA = /^(?![+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$)[=+\-@\t\r]/i;

/**
 * A table with commas and quotes as in RFC 4180, in chunks of text: the header, then the rows. Null is an empty cell. Lines
 * end with LF, not CRLF: job scripts read these tables with shells, where a CR would stick to the last column. Names from
 * files that a spreadsheet would compute as formulas get an apostrophe in front, which it takes for "this is text".
 */
export function* writeCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Generator<string> {
  let block: (readonly CsvCell[])[] = [header];
  for (const row of rows) {
    block.push(row);
    if (block.length === ROWS_PER_CHUNK) {
      yield formatRows(block);
      block = [];
    }
  }
  if (block.length > 0) yield formatRows(block);
}

function formatRows(rows: readonly (readonly CsvCell[])[]): string {
  return `${Papa.unparse(rows as CsvCell[][], { newline: '\n', escapeFormulae: FORMULA })}\n`;
}
