/** The ring about a chosen atom, for the shader that draws it and for the ray that finds it. */

/** Width of its edge, CSS pixels. */
export const RING_PIXELS = 2.2;
/** How far it is lifted towards the viewer, in radii of the atom. */
export const RING_LIFT = 2;
/** Its outer radius: so many radii of the atom, but at least so many widths of its edge. */
export const RING_OUTER = 1.42;
export const RING_LEAST = 2.2;
/** Its thickness, in radii of the atom; at least one width of its edge. */
export const RING_THICKNESS = 0.2;
