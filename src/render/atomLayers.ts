import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Color,
  DataTexture,
  DynamicDrawUsage,
  GLSL3,
  Group,
  LinearFilter,
  Points,
  RawShaderMaterial,
  RGBAFormat,
  Scene,
  Sphere,
  SRGBColorSpace,
  Vector2,
  Vector3,
} from 'three';
import { type ColourTable, TABLE_SIZE } from '#colours/maps.ts';
import { DrawOrder } from './drawOrder.ts';
import type { Frame } from './motionResolution.ts';
import { WHOLE } from './pictureTarget.ts';
import type { AtomColour, SceneTheme, Slab } from './scene.ts';
import { FRAGMENT, VERTEX } from './shaders/atoms.ts';

const COLOUR_KINDS = { uniform: 0, structure: 1, continuous: 2 } as const;
/** How far the rearmost atoms fade into the background. */
const CUE_STRENGTH = 0.35;
/** The order of drawing is renewed when the view has turned by more than this (cosine of 10 degrees). */
const SAME_DIRECTION = 0.985;
/** Models of fewer atoms are drawn whole also while they move. */
const SAMPLED_FROM = 200_000;
const SAMPLE_ONE_IN = 8;

/** One in how many atoms is drawn while a model of `count` atoms moves, where the machine is slow. */
export function sampleOneIn(count: number): number {
  return count >= SAMPLED_FROM ? SAMPLE_ONE_IN : 1;
}

/** What of a picture to draw: all of it, unless a frame says otherwise. */
type Wanted = Pick<Frame, 'part' | 'oneIn'>;
const EVERYTHING: Wanted = { part: WHOLE, oneIn: 1 };

/**
 * The atoms on the GPU: one geometry drawn up to three times (all, chosen, highlighted) and twice more for picking.
 * The arrays belong to this object and live as long as it does, one for each model: three.js frees a buffer only with
 * its geometry, and rebuilds all of them from here after a lost context.
 */
export class AtomLayers {
  readonly group = new Group();
  /** What a pick draws: the same atoms as `group`, as row numbers. */
  readonly pickScene = new Scene();
  readonly #count: number;
  readonly #reach: number;
  readonly #value: BufferAttribute;
  readonly #order: DrawOrder;
  readonly #index: BufferAttribute;
  readonly #orderedFor = new Vector3();
  #radius = 1;
  readonly #all: BufferGeometry;
  readonly #marked: BufferGeometry;
  readonly #highlighted: BufferGeometry;
  readonly #materials: RawShaderMaterial[] = [];
  readonly #highlight: Points;
  readonly #table = tableTexture();
  readonly #uniforms = {
    viewport: { value: new Vector2(1, 1) },
    radius: { value: 1 },
    slabNormal: { value: new Vector3() },
    slabRange: { value: new Vector2(-1, 1) },
    colourKind: { value: 0 },
    plainColour: { value: new Vector3() },
    missingColour: { value: new Vector3() },
    range: { value: new Vector2(0, 1) },
    colourTable: { value: this.#table },
    background: { value: new Vector3() },
    cueRange: { value: new Vector2(0, -1) },
    cueStrength: { value: CUE_STRENGTH },
    ringPixels: { value: 2 },
    pickPixel: { value: new Vector2() },
  };
  readonly #accent = { value: new Vector3() };
  readonly #highlightColour = { value: new Vector3() };

  /** @param reach Radius of the sphere about the cell centre that holds every atom, Å. */
  constructor(positions: Float32Array, reach: number, perspective: boolean) {
    this.#count = positions.length / 3;
    this.#reach = reach;
    this.#order = new DrawOrder(positions, reach, sampleOneIn(this.#count));
    this.#value = new BufferAttribute(new Float32Array(this.#count), 1).setUsage(DynamicDrawUsage);
    this.#index = new BufferAttribute(this.#order.rows, 1).setUsage(DynamicDrawUsage);
    const position = new BufferAttribute(positions, 3);
    const geometry = (index: BufferAttribute) => {
      const made = new BufferGeometry().setAttribute('position', position).setAttribute('value', this.#value);
      // three.js would look for it among all atoms.
      made.boundingSphere = new Sphere(new Vector3(), reach);
      return made.setIndex(index);
    };
    this.#all = geometry(this.#index);
    this.#marked = geometry(new BufferAttribute(new Uint32Array(0), 1));
    this.#highlighted = geometry(new BufferAttribute(new Uint32Array(1), 1));

    const camera = perspective ? { PERSPECTIVE: '' } : {};
    const atoms = this.#points(this.#all, camera, this.#accent);
    const marked = this.#points(this.#marked, { ...camera, MARKED: '' }, this.#accent);
    this.#highlight = this.#points(this.#highlighted, { ...camera, MARKED: '' }, this.#highlightColour);
    (this.#highlight.material as RawShaderMaterial).depthTest = false;
    // Atoms first: they hide most of what follows.
    marked.renderOrder = 1;
    this.#highlight.renderOrder = 3;
    this.group.add(atoms, marked, this.#highlight);
    this.pickScene.add(
      this.#points(this.#all, { ...camera, PICK: '' }, this.#accent),
      this.#points(this.#marked, { ...camera, PICK: '', MARKED: '' }, this.#accent),
    );
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

  /** Which atoms there are to draw, by type; hidden ones cost nothing from the next frame on. */
  setShownTypes(types: Uint8Array | null, visibleTypes: number): void {
    this.#order.filter(types && { types, visible: visibleTypes });
    this.#uploadOrder();
    this.#orderedFor.set(0, 0, 0);
  }

  setSlab(slab: Slab | null): void {
    if (slab) {
      this.#uniforms.slabNormal.value.set(...slab.normal);
      this.#uniforms.slabRange.value.set(slab.from, slab.to);
    } else {
      this.#uniforms.slabNormal.value.set(0, 0, 0);
      this.#uniforms.slabRange.value.set(-1, 1);
    }
  }

  /** The values alone, which is the part that costs: one pass over the atoms and one upload. */
  setValues(colour: AtomColour): void {
    if (colour.kind === 'uniform') return;
    (this.#value.array as Float32Array).set(colour.values.array.subarray(0, this.#count));
    this.#value.needsUpdate = true;
  }

  /** How values become colours: uniforms and a texture of 256 colours. */
  setColouring(colour: AtomColour): void {
    this.#uniforms.colourKind.value = COLOUR_KINDS[colour.kind];
    if (colour.kind === 'uniform') {
      copyColour(colour.colour, this.#uniforms.plainColour.value);
      return;
    }
    if (colour.kind === 'continuous') this.#uniforms.range.value.set(...colour.range);
    fillTable(this.#table, colour.table);
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

  /**
   * Bring everything that follows the camera up to date; call it before each draw.
   * @param width,height Of the picture, in pixels of the drawing buffer.
   * @param pixelRatio Those pixels in one CSS pixel.
   */
  prepare(camera: Camera, width: number, height: number, pixelRatio: number, wanted = EVERYTHING): void {
    this.#uniforms.viewport.value.set(width, height);
    this.#uniforms.ringPixels.value = 2.2 * pixelRatio;
    // The atoms of a sample fill the room of those left out, or one would look through the model.
    this.#uniforms.radius.value = this.#radius * Math.cbrt(wanted.oneIn);
    const middle = new Vector3().applyMatrix4(camera.matrixWorldInverse).z;
    this.#uniforms.cueRange.value.set(middle + 0.6 * this.#reach, middle - this.#reach);
    this.#followCamera(camera);
    this.#choose(wanted);
  }

  /** To be called before the first part of a picture. */
  startPicture(): void {
    if (this.#order.take()) this.#uploadOrder();
  }

  #followCamera(camera: Camera): void {
    const towards = new Vector3(0, 0, 1).transformDirection(camera.matrixWorld);
    if (towards.dot(this.#orderedFor) > SAME_DIRECTION) return;
    this.#order.begin(towards.toArray());
    this.#orderedFor.copy(towards);
  }

  #uploadOrder(): void {
    this.#index.array = this.#order.rows;
    this.#index.needsUpdate = true;
  }

  /** Draw a sample, or a part of all. */
  #choose({ part: { index, count }, oneIn }: Wanted): void {
    const { sampled, shown } = this.#order.drawn;
    const total = oneIn > 1 ? sampled : shown;
    const from = Math.floor((total * index) / count);
    const to = Math.floor((total * (index + 1)) / count);
    this.#all.setDrawRange(from, to - from);
  }

  /** Pixel of the drawing buffer, from the bottom left, that `pickScene` draws. */
  aim(x: number, y: number): void {
    this.#uniforms.pickPixel.value.set(Math.floor(x) + 0.5, Math.floor(y) + 0.5);
  }

  dispose(): void {
    this.#order.dispose();
    for (const geometry of [this.#all, this.#marked, this.#highlighted]) geometry.dispose();
    for (const material of this.#materials) material.dispose();
    this.#table.dispose();
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

function tableTexture(): DataTexture {
  const texture = new DataTexture(new Uint8Array(4 * TABLE_SIZE).fill(255), TABLE_SIZE, 1, RGBAFormat);
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

function fillTable(texture: DataTexture, table: ColourTable): void {
  const texels = texture.image.data as Uint8Array;
  for (let row = 0; row < TABLE_SIZE; row++) {
    for (let channel = 0; channel < 3; channel++) texels[4 * row + channel] = table[3 * row + channel]!;
  }
  texture.needsUpdate = true;
}

/** The shaders work in sRGB throughout, so that a colour on an atom is the colour in the legend. */
function copyColour(css: string, into: Vector3): void {
  const { r, g, b } = new Color(css).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  into.set(r, g, b);
}
