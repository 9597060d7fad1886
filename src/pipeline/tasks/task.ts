/**
 * Work that threads share. `prepare` runs once a job and thread (tables, scratch arrays); what it returns does one
 * chunk, yielding the units it has done every 5 to 20 ms, so that whoever drives it can look for a cancel.
 * The input is cloned to every thread: plain data, and arrays over shared memory, in which results are left.
 */
export interface Task<Input> {
  prepare(input: Input): (chunk: number, chunks: number) => Generator<number, void>;
}

/** Split [from, to) into blocks. */
export function* blocks(from: number, to: number, size: number): Generator<[number, number]> {
  for (let start = from; start < to; start += size) yield [start, Math.min(start + size, to)];
}
