/** The wheel zooms as ever over a layer that lies on the picture: what lies below hears of it. */
export function zoomBelow(layer: Element, event: WheelEvent): void {
  const below = layer.parentElement?.querySelector('[role=application]');
  if (below !== layer) below?.dispatchEvent(new WheelEvent('wheel', event));
}
