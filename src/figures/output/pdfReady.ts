/**
 * Says in a drawing on the page what svg2pdf (2.8) would not understand: sizes of words in per cent, which it takes for
 * none, `dominant-baseline`, and halos that lie behind their words.
 */
export function makePdfReady(svg: SVGElement): void {
  for (const words of svg.querySelectorAll<SVGElement>('text, tspan')) {
    const { fontSize, dominantBaseline } = getComputedStyle(words);
    words.style.fontSize = fontSize;
    if (dominantBaseline !== 'auto') words.style.setProperty('alignment-baseline', dominantBaseline);
  }
  for (const words of svg.querySelectorAll<SVGElement>('text')) {
    if (getComputedStyle(words).paintOrder.startsWith('stroke')) words.after(withoutStroke(words));
  }
}

/** The words once more, to lie over their halo. */
function withoutStroke(words: SVGElement): SVGElement {
  const over = words.cloneNode(true) as SVGElement;
  for (const part of [over, ...over.querySelectorAll<SVGElement>('tspan')]) part.style.stroke = 'none';
  return over;
}
