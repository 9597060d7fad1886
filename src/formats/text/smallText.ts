/** A line of a small text file, by its 1-based number. */
export interface NumberedLine {
  readonly text: string;
  readonly line: number;
}

/** The lines that say something: without byte order mark, line ends (LF or CRLF), blank lines and `#` lines. */
export function meaningfulLines(text: string): NumberedLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ text: content, line: index + 1 }))
    .filter(({ text: content }) => content.trim() !== '' && !content.trimStart().startsWith('#'));
}
