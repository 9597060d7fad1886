import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Color,
  DataTexture,
  DynamicDrawUsage,
  GLSL3,
  Group,
  type IUniform,
  LinearFilter,
  Points,
  RawShaderMaterial,
  RGBAFormat,
  Scene,
  Sphere,
  SRGBColorSpace,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import { type ColourTable, TABLE_SIZE } from '#colours/maps.ts';
import type { ColourScale } from '#colours/scale.ts';
import type { AtomFilter } from './depthOrder.ts';
import { DrawOrder } from './drawOrder.ts';
import { GpuArray } from './gpuArray.ts';
import { GpuColumns } from './gpuColumns.ts';
import { RING_PIXELS } from './rings.ts';
import { ALL_TYPES, type AtomColour, type Clip, MOST_SLABS, type SceneTheme } from './scene.ts';
import { FRAGMENT, VERTEX } from './shaders/atoms.ts';

const COLOUR_KINDS = { uniform: 0, structure: 1, continuous: 2 } as const;
/** How far the rearmost atoms fade into the background. */
const CUE_STRENGTH = 0.35;

/**
 * The atoms on the GPU: positions once, columns when they are first looked at, the order of drawing as the view turns.
 * All of it is handed over in slices, one a turn of the GPU; arrays stay where they are and are read from there again
 * after a lost context.
 */
export class AtomLayers {
  /** All atoms. */
  readonly atoms = new Scene();
  /** The chosen atoms and the one that is looked at: to be drawn after the others, which hide most of them. */
  readonly rings = new Group();
  readonly #reach: number;
  readonly #positions: GpuArray;
  readonly #columns: GpuColumns;
  readonly #order: DrawOrder;
  #filter: AtomFilter = { types: null, visibleTypes: ALL_TYPES, clips: [] };
  #types: GpuArray | null = null;
  #values: GpuArray | null = null;
  #flags: GpuArray | null = null;
  #radius = 1;
  readonly #all: BufferGeometry;
  readonly #marked: BufferGeometry;
  readonly #highlighted: BufferGeometry;
  readonly #materials: RawShaderMaterial[] = [];
  readonly #highlight: Points;
  readonly #table = tableTexture();
  readonly #uniforms;
  readonly #accent = { value: new Vector3() };
  readonly #highlightColour = { value: new Vector3() };

  /**
   * @param reach Radius of the sphere about the cell centre that holds every atom, Å.
   * @param shared Uniforms that others set: the window of the picture, and what hides atoms.
   * @param onSorted Called when there is a better order to hand over.
   */
  constructor(
    context: WebGL2RenderingContext,
    positions: Float32Array,
    reach: number,
    perspective: boolean,
    shared: Record<string, IUniform>,
    onSorted: () => void,
  ) {
    this.#reach = reach;
    this.#positions = new GpuArray(context, positions, 3);
    this.#columns = new GpuColumns(context);
    this.#order = new DrawOrder(context, positions, reach, onSorted);
    this.#uniforms = { ...plainUniforms(this.#table), ...shared };
    const rowsOf = (length: number) => new BufferAttribute(new Uint32Array(length), 1).setUsage(DynamicDrawUsage);
    this.#all = this.#geometry();
    this.#marked = this.#geometry().setIndex(rowsOf(0));
    this.#highlighted = this.#geometry().setIndex(rowsOf(1));
    this.#attach();

    const camera = perspective ? { PERSPECTIVE: '' } : {};
    this.atoms.add(this.#points(this.#all, camera, this.#accent));
    const marked = this.#points(this.#marked, { ...camera, MARKED: '' }, this.#accent);
    this.#highlight = this.#points(this.#highlighted, { ...camera, MARKED: '' }, this.#highlightColour);
    (this.#highlight.material as RawShaderMaterial).depthTest = false;
    marked.renderOrder = 1;
    this.#highlight.renderOrder = 3;
    this.rings.add(marked, this.#highlight);
  }

  setRadius(radius: number): void {
    this.#radius = radius;
  }

  setTheme(theme: SceneTheme): void {
    copyColour(theme.background, this.#uniforms.background.value);
    copyColour(theme.missing, this.#uniforms.missingColour.value);
    copyColour(theme.accent, this.#accent.value);
    copyColour(theme.highlight, this.#highlightColour.value);
  }

  /**
   * Which atoms there are to draw. The GPU tests each, and is spared the hidden ones once they are sorted out. A slab
   * that moves is seen where it was until those in its new place are sorted in.
   */
  setFilter(filter: AtomFilter): void {
    this.#filter = filter;
    this.#attach();
  }

  /** How values become colours: uniforms, a texture of 256 colours and, where it is not there yet, the column. */
  setColour(colour: AtomColour): void {
    this.#uniforms.colourKind.value = COLOUR_KINDS[colour.kind];
    this.#values = colour.kind === 'uniform' ? null : this.#columns.of(colour.values);
    if (colour.kind === 'uniform') copyColour(colour.colour, this.#uniforms.plainColour.value);
    if (colour.kind === 'structure') fillTable(this.#table, colour.table);
    if (colour.kind === 'continuous') this.#setScale(colour.scale);
    this.#attach();
  }

  #setScale({ range, logarithmic, table, below, above }: ColourScale): void {
    fillTable(this.#table, table);
    this.#uniforms.logarithmic.value = logarithmic;
    this.#uniforms.range.value.set(...range);
    copyColour(below, this.#uniforms.belowColour.value);
    copyColour(above, this.#uniforms.aboveColour.value);
  }

  /** Colours of tinted atoms, `#rrggbb`, which go before those of their values. */
  setTints(tints: readonly string[]): void {
    const colour = new Vector3();
    const bytes = tints.flatMap((tint) => {
      copyColour(tint, colour);
      return colour.toArray().map((channel) => Math.round(255 * channel));
    });
    fillTable(this.#table, Uint8Array.from(bytes), TINT_ROW);
  }

  setMarked(rows: Uint32Array): void {
    let index = this.#marked.index!;
    if (index.count < rows.length) {
      // Room to grow, so that adding picks one by one does not leave a trail of buffers behind.
      index = new BufferAttribute(new Uint32Array(2 * rows.length), 1).setUsage(DynamicDrawUsage);
      this.#marked.setIndex(index);
    }
    (index.array as Uint32Array).set(rows);
    index.needsUpdate = true;
    this.#marked.setDrawRange(0, rows.length);
  }

  setHighlighted(row: number | null): void {
    this.#highlight.visible = row !== null;
    (this.#highlighted.index!.array as Uint32Array)[0] = row ?? 0;
    this.#highlighted.index!.needsUpdate = true;
  }

  /** Hand over the next slice of what a picture cannot do without; false where all of that is on the GPU. */
  sendNeeded(): boolean {
    const needed = [this.#positions, this.#types, this.#values, this.#flags].find((data) => data && !data.ready);
    if (!needed) return this.#order.inForce === null && this.#order.sendSlice();
    needed.sendSlice();
    return true;
  }

  /** Whether there is something to draw, and a way to draw it. */
  get ready(): boolean {
    return this.#order.inForce !== null;
  }

  /** What the order of drawing in force was made for. */
  get shows(): AtomFilter | null {
    return this.#order.inForce?.filter ?? null;
  }

  /** Whether an order of drawing is being made that fits the view, or what is shown, better than the one in force. */
  get sorting(): boolean {
    return this.#order.renewing;
  }

  /** Hand over the next slice of a better order; not between the parts of a picture. */
  sendOrder(): boolean {
    return this.#order.sendSlice();
  }

  /** Look for an order of drawing that fits this view. */
  follow(camera: Camera): void {
    this.#order.want(new Vector3(0, 0, 1).transformDirection(camera.matrixWorld), this.#filter);
  }

  /** How many atoms a whole picture is of: those shown, or one in so many of them. */
  pictureOf(sample: boolean): { readonly atoms: number; readonly oneIn: number } {
    const { shown, sampled, oneIn } = this.#order.inForce ?? { shown: 0, sampled: 0, oneIn: 1 };
    return sample ? { atoms: sampled, oneIn } : { atoms: shown, oneIn: 1 };
  }

  /**
   * Bring everything that follows the camera up to date; call it before a picture is drawn.
   * @param width,height Of the picture, in pixels of the drawing buffer.
   * @param pixelRatio Those pixels in one CSS pixel.
   * @param oneIn The picture is of one in so many atoms.
   */
  prepare(camera: Camera, width: number, height: number, pixelRatio: number, oneIn: number): void {
    this.#uniforms.viewport.value.set(width, height);
    this.#uniforms.ringPixels.value = RING_PIXELS * pixelRatio;
    // The atoms of a sample fill the room of those left out, or one would look through the model.
    this.#uniforms.radius.value = this.#radius * Math.cbrt(oneIn);
    const middle = new Vector3().applyMatrix4(camera.matrixWorldInverse).z;
    this.#uniforms.cueRange.value.set(middle + 0.6 * this.#reach, middle - this.#reach);
    const order = this.#order.inForce;
    if (!order) return;
    this.#all.setIndex(order.rows.attribute);
    this.#uniforms.visibleTypes.value = this.#types ? this.#filter.visibleTypes : ALL_TYPES;
    this.#setClips(order.filter.clips.length > 0 ? order.filter.clips : this.#filter.clips);
  }

  #setClips(clips: readonly Clip[]): void {
    const slabs = clips.filter((clip) => clip.kind === 'slab').slice(0, MOST_SLABS);
    const ball = clips.find((clip) => clip.kind === 'sphere');
    this.#uniforms.slabCount.value = slabs.length;
    for (const material of this.#materials) {
      if ('CUT' in material.defines === clips.length > 0) continue;
      if (clips.length > 0) material.defines.CUT = '';
      else delete material.defines.CUT;
      material.needsUpdate = true;
    }
    for (const [k, { normal, from, to }] of slabs.entries()) {
      this.#uniforms.slabNormals.value[k]!.set(...normal);
      this.#uniforms.slabRanges.value[k]!.set(from, to);
    }
    this.#uniforms.ball.value.set(...(ball?.centre ?? [0, 0, 0]), ball?.radius ?? 0);
  }

  /** Of the nearest `total` atoms draw those from one fraction to another. */
  choose(total: number, from: number, to: number): void {
    const first = Math.floor(total * from);
    this.#all.setDrawRange(first, Math.floor(total * to) - first);
  }

  /** The context was lost and is back. */
  renew(): void {
    this.#positions.renew();
    this.#columns.renew();
    this.#order.renew();
    this.#attach();
  }

  dispose(): void {
    // Before the geometries, which let go of the buffers they know.
    this.#order.dispose();
    this.#columns.dispose();
    this.#positions.dispose();
    for (const geometry of [this.#all, this.#marked, this.#highlighted]) geometry.dispose();
    for (const material of this.#materials) material.dispose();
    this.#table.dispose();
  }

  #geometry(): BufferGeometry {
    const made = new BufferGeometry();
    // three.js would look for it among all atoms.
    made.boundingSphere = new Sphere(new Vector3(), this.#reach);
    return made;
  }

  /** Tell the geometries where on the GPU their numbers lie. */
  #attach(): void {
    const { types, flags } = this.#filter;
    this.#types = types && this.#columns.of(types);
    this.#flags = flags ? this.#columns.of(flags) : null;
    for (const geometry of [this.#all, this.#marked, this.#highlighted]) {
      geometry.setAttribute('position', this.#positions.attribute);
      for (const [name, data] of [
        ['type', this.#types],
        ['value', this.#values],
        ['flag', this.#flags],
      ] as const) {
        if (data) geometry.setAttribute(name, data.attribute);
        else geometry.deleteAttribute(name);
      }
    }
  }

  #points(geometry: BufferGeometry, defines: Record<string, string>, ringColour: { value: Vector3 }): Points {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      defines,
      uniforms: { ...this.#uniforms, ringColour },
    });
    this.#materials.push(material);
    const points = new Points(geometry, material);
    points.frustumCulled = false;
    points.matrixAutoUpdate = false;
    return points;
  }
}

function plainUniforms(table: DataTexture) {
  return {
    viewport: { value: new Vector2(1, 1) },
    radius: { value: 1 },
    visibleTypes: { value: ALL_TYPES },
    slabCount: { value: 0 },
    slabNormals: { value: Array.from({ length: MOST_SLABS }, () => new Vector3()) },
    slabRanges: { value: Array.from({ length: MOST_SLABS }, () => new Vector2()) },
    ball: { value: new Vector4() },
    colourKind: { value: 0 },
    plainColour: { value: new Vector3() },
    missingColour: { value: new Vector3() },
    range: { value: new Vector2(0, 1) },
    logarithmic: { value: false },
    belowColour: { value: new Vector3() },
    aboveColour: { value: new Vector3() },
    colourTable: { value: table },
    background: { value: new Vector3() },
    cueRange: { value: new Vector2(0, -1) },
    cueStrength: { value: CUE_STRENGTH },
    ringPixels: { value: RING_PIXELS },
  };
}

/** Rows of the texture of colours: those of values, and those of tints. */
const VALUE_ROW = 0;
const TINT_ROW = 1;

function tableTexture(): DataTexture {
  const texture = new DataTexture(new Uint8Array(2 * 4 * TABLE_SIZE).fill(255), TABLE_SIZE, 2, RGBAFormat);
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

function fillTable(texture: DataTexture, table: ColourTable, line = VALUE_ROW): void {
  const texels = (texture.image.data as Uint8Array).subarray(4 * TABLE_SIZE * line);
  for (let row = 0; row < table.length / 3; row++) {
    for (let channel = 0; channel < 3; channel++) texels[4 * row + channel] = table[3 * row + channel]!;
  }
  texture.needsUpdate = true;
}

/** The shaders work in sRGB throughout, so that a colour on an atom is the colour in the legend. */
function copyColour(css: string, into: Vector3): void {
  const { r, g, b } = new Color(css).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  into.set(r, g, b);
}
