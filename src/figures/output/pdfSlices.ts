/** A piece of a drawing, itself a drawing; where it is only a picture, that. */
export interface Slice {
  readonly slice: SVGElement;
  readonly picture: SVGImageElement | null;
}

/** Elements that are drawn together: some ms of work. */
const MOST = 60;
const NOT_DRAWN = 'defs, style, title, desc, metadata';

/**
 * A drawing in pieces that follow one another, each a drawing of its own with what surrounds and defines it: svg2pdf
 * goes through a drawing without a rest. The pieces are taken out of the drawing, which is spent. A picture that is
 * stretched over its place is a piece by itself.
 */
export function* slicesOf(svg: SVGElement): Generator<Slice> {
  const shared = [...svg.querySelectorAll('defs')].map((defs) => defs.cloneNode(true));
  yield* cut(svg, [], shared);
}

function* cut(group: Element, around: readonly Element[], shared: readonly Node[]): Generator<Slice> {
  const path = [...around, group];
  let together: Element[] = [];
  let size = 0;
  const piece = () => {
    const slice = wrap(together, path, shared);
    together = [];
    size = 0;
    return { slice, picture: null };
  };
  for (const child of [...group.children]) {
    if (child.matches(NOT_DRAWN)) continue;
    if (isPicture(child)) {
      if (size > 0) yield piece();
      yield { slice: wrap([child], path, []), picture: child };
      continue;
    }
    const count = 1 + child.querySelectorAll('*').length;
    const apart = isGroup(child) && (count > MOST || child.querySelector('image') !== null);
    if (size > 0 && (apart || size + count > MOST)) yield piece();
    if (apart) {
      yield* cut(child, path, shared);
      continue;
    }
    together.push(child);
    size += count;
  }
  if (size > 0) yield piece();
}

function isPicture(element: Element): element is SVGImageElement {
  if (element.localName !== 'image' || element.getAttribute('preserveAspectRatio') !== 'none') return false;
  return (element as SVGImageElement).href.baseVal.startsWith('data:image/png;base64,');
}

/** What can be drawn in parts: not what is see-through as a whole. */
function isGroup(element: Element): boolean {
  if (!['g', 'svg'].includes(element.localName)) return false;
  const opacity = (element as SVGElement).style.opacity || element.getAttribute('opacity') || '1';
  return Number(opacity) === 1;
}

/** Copies of what surrounds them, the drawing outermost, about these elements. */
function wrap(elements: readonly Element[], path: readonly Element[], shared: readonly Node[]): SVGElement {
  let inside: Node[] = [...elements];
  for (const element of [...path].reverse()) {
    const copy = element.cloneNode(false) as Element;
    if (element === path[0]) copy.append(...shared.map((node) => node.cloneNode(true)));
    copy.append(...inside);
    inside = [copy];
  }
  return inside[0] as SVGElement;
}
