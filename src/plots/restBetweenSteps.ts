/**
 * Plotly waits between the steps of a drawing (defaults, margins, axes, traces, the rest) for what is under way on its
 * element, such as an image. While `drawing`, that is always a turn of the page's own thread as well: none of the steps
 * is long, all at once are 50 to 150 ms.
 */
export function restBetweenSteps(div: HTMLDivElement, drawing: () => boolean): void {
  let underWay: Promise<unknown>[] = [];
  Object.defineProperty(div, '_promises', {
    configurable: true,
    get: () => {
      if (drawing()) underWay.push(new Promise((resolve) => setTimeout(resolve)));
      return underWay;
    },
    set: (value: Promise<unknown>[]) => {
      underWay = value;
    },
  });
}
