/**
 * Expected failures (bad input, cancel, no memory) are plain tagged data, so that they cross worker boundaries whole;
 * inside one thread they travel in a `Refusal`. Any other thrown error is a bug in Grainscope.
 */
export type FailureTag =
  | 'bad-input' // a file or table that cannot be read as what it claims to be
  | 'bad-parameter' // a parameter out of its range, or one that does not fit the data
  | 'not-ready' // a stage was asked for before what it needs exists
  | 'no-memory'
  | 'no-storage' // the browser keeps nothing for the page, or nothing more
  | 'cancelled'
  | 'worker-died'
  | 'bug';

export interface Failure {
  readonly tag: FailureTag;
  /** What happened, in one sentence without the place; see `describeFailure` for the whole. */
  readonly message: string;
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** 0-based place in what `file` holds once it is decompressed, where that has no lines. */
  readonly byte?: number;
  readonly expected?: string;
  readonly found?: string;
}

/** Where in a file something stands. */
export type Place = Pick<Failure, 'file' | 'line' | 'byte'>;

export interface Warning {
  readonly message: string;
}

/** Carries a `Failure` up the stack of one thread. */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(describeFailure(failure));
    this.name = 'Refusal';
    this.failure = failure;
  }
}

/** Refuse input: where, what was expected, what was found. */
export function badInput(details: Omit<Failure, 'tag' | 'message'> & { message?: string }): Refusal {
  return new Refusal({ tag: 'bad-input', message: '', ...details });
}

export function badParameter(message: string): Refusal {
  return new Refusal({ tag: 'bad-parameter', message });
}

/** Whatever was thrown, as data. A `Refusal` gives its failure; anything else is a bug and says so. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Refusal) return thrown.failure;
  if (isFailure(thrown)) return thrown;
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { tag: 'bug', message };
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'tag' in value && 'message' in value;
}

/** The sentence a person reads: "slab.xyz, line 41207: expected 7 columns, found 6." */
export function describeFailure(failure: Failure): string {
  const line = failure.line === undefined ? undefined : `line ${failure.line}`;
  const byte = failure.byte === undefined ? undefined : `byte ${failure.byte}`;
  const place = [failure.file, line, byte].filter(Boolean);
  const finding =
    failure.expected === undefined
      ? ''
      : `expected ${failure.expected}${failure.found === undefined ? '' : `, found ${failure.found}`}`;
  const body = [failure.message, finding].filter(Boolean).join(': ');
  const sentence = place.length > 0 ? `${place.join(', ')}: ${body}` : body;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
