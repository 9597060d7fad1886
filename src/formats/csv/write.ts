import Papa from 'papaparse';

export type CsvCell = string | number | boolean | null;

const ROWS_PER_CHUNK = 4096;

/** An RFC 4180 table (comma, CRLF) in chunks of text: the header, then the rows. Null is an empty cell. */
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
  return `${Papa.unparse(rows as CsvCell[][], { newline: '\r\n' })}\r\n`;
}
