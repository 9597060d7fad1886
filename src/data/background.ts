/** Work of the page's own thread between two looks at what else there is to do, ms. */
const SLICE_MS = 6;

/**
 * Run a generator to its end in short slices, between which the page answers the hand.
 * @returns A function that stops it; `done` is then never called.
 */
export function inBackground<T>(work: Generator<void, T>, done: (result: T) => void): () => void {
  let timer = setTimeout(slice);
  function slice() {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) {
        done(step.value);
        return;
      }
    } while (performance.now() < until);
    timer = setTimeout(slice);
  }
  return () => clearTimeout(timer);
}

/** The same, for whoever waits: what the generator gives. */
export function inTurns<T>(work: Generator<void, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // A timer would swallow what the generator throws.
    const guarded = (function* (): Generator<void, T | undefined> {
      try {
        return yield* work;
      } catch (thrown) {
        reject(thrown);
        return undefined;
      }
    })();
    inBackground(guarded, (result) => resolve(result as T));
  });
}

/** Let the page answer the hand before what comes next. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
