/** What a generator that yields now and then gives in the end. */
export function toEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value as T;
  }
}
