import { type Camera, MathUtils, OrthographicCamera, PerspectiveCamera, Vector3 } from 'three';
import type { Extent } from './geometry.ts';
import type { Ray } from './pickAtom.ts';
import {
  between,
  framed,
  type Lens,
  orientationAlong,
  type Pose,
  type ViewDirection,
  type ZoomLimits,
  zoomLimits,
} from './pose.ts';

const EASE_MS = 200;
/** Vertical field of view of the perspective camera, degrees: mild, so that the shape of a cell stays readable. */
const FIELD_OF_VIEW = 30;
const HALF_FIELD = Math.tan(MathUtils.degToRad(FIELD_OF_VIEW / 2));

export interface ViewSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const NOTHING: Extent = { corners: new Float64Array(24), radius: 1 };

/** The pose of the camera over time: jumps under the hand, eases when a command asks for a view. */
export class CameraRig {
  pose: Pose = framed(NOTHING, orientationAlong('iso'), { aspect: 1, widening: 0 });
  size: ViewSize = { width: 1, height: 1 };
  /** Largest point sprite in CSS pixels. */
  maxPointSize = 1024;
  /** Asks for a frame. */
  onChange: () => void = () => {};
  /** Told after each change of the pose or of the view's size, and sometimes where there was none. */
  onCamera: () => void = () => {};
  #changed = false;
  #extent = NOTHING;
  #atomRadius = 1;
  readonly #perspective: boolean;

  /** @param before Whose view to go on with. */
  constructor(perspective: boolean, before: CameraRig | null = null) {
    this.#perspective = perspective;
    if (!before) return;
    this.pose = before.pose;
    this.size = before.size;
    this.#extent = before.#extent;
  }
  #flight: { readonly from: Pose; readonly to: Pose; readonly started: number } | null = null;

  /** A new model: framed at once, seen from the side one looks from now. One of the same size stays where it is. */
  show(extent: Extent, atomRadius: number): void {
    const same = extent.corners.every((value, at) => value === this.#extent.corners[at]);
    this.#extent = extent;
    this.#atomRadius = atomRadius;
    if (!same) this.pose = framed(extent, this.pose.orientation, this.#lens);
    this.#flight = null;
    this.touch();
  }

  /** A view of another size: the same heights in Å, except that the first one frames the model. */
  resize(size: ViewSize): void {
    const first = this.size.width === 1;
    this.size = size;
    if (first) this.pose = framed(this.#extent, this.pose.orientation, this.#lens);
    this.touch();
  }

  get limits(): ZoomLimits {
    return zoomLimits(this.#extent, this.#atomRadius, this.size.height, this.maxPointSize);
  }

  get easing(): boolean {
    return this.#flight !== null;
  }

  jump(pose: Pose): void {
    this.#flight = null;
    this.pose = pose;
    this.touch();
  }

  /** Ease to a pose, or jump where the reader prefers less motion. */
  flyTo(pose: Pose): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.jump(pose);
      return;
    }
    this.#flight = { from: this.pose, to: pose, started: performance.now() };
    this.touch();
  }

  frameAll(): void {
    this.flyTo(framed(this.#extent, this.pose.orientation, this.#lens));
  }

  viewAlong(direction: ViewDirection): void {
    this.flyTo(this.framedAlong(direction));
  }

  /** The whole model, seen from a direction. */
  framedAlong(direction: ViewDirection): Pose {
    return framed(this.#extent, orientationAlong(direction), this.#lens);
  }

  /** The picture is no longer what was drawn. */
  touch(): void {
    this.#changed = true;
    this.onChange();
    this.onCamera();
  }

  /** Whether the picture changed since `takeChange` was last asked. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Whether the picture changed since this was last asked. */
  takeChange(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  /** Go on with an easing move. */
  advance(now: number): void {
    if (!this.#flight) return;
    const { from, to, started } = this.#flight;
    const t = MathUtils.clamp((now - started) / EASE_MS, 0, 1);
    this.pose = t === 1 ? to : between(from, to, MathUtils.smoothstep(t, 0, 1));
    if (t === 1) this.#flight = null;
    this.onCamera();
  }

  /** Put a camera where the pose is; near and far planes hug the model, which keeps depth exact. */
  place(camera: Camera): void {
    const { target, orientation, height } = this.pose;
    const reach = 1.02 * this.#extent.radius;
    const back = new Vector3(0, 0, 1).applyQuaternion(orientation);
    const distance = camera instanceof PerspectiveCamera ? height / 2 / HALF_FIELD : 2 * reach;
    camera.quaternion.copy(orientation);
    camera.position.copy(target).addScaledVector(back, distance);
    const toCentre = camera.position.dot(back);
    if (camera instanceof PerspectiveCamera) {
      camera.fov = FIELD_OF_VIEW;
      camera.aspect = this.#aspect;
      camera.near = Math.max(0.1, toCentre - reach);
      camera.far = Math.max(1, toCentre + reach);
      camera.updateProjectionMatrix();
    } else if (camera instanceof OrthographicCamera) {
      camera.top = height / 2;
      camera.bottom = -height / 2;
      camera.right = (height / 2) * this.#aspect;
      camera.left = -camera.right;
      camera.zoom = 1;
      camera.near = toCentre - reach;
      camera.far = toCentre + reach;
      camera.updateProjectionMatrix();
    }
    camera.updateMatrixWorld();
  }

  /** The line of sight through a point of the view, CSS pixels from the upper left corner. */
  rayThrough(x: number, y: number): Ray {
    const { target, orientation, height } = this.pose;
    const pixel = height / this.size.height;
    const back = new Vector3(0, 0, 1).applyQuaternion(orientation);
    const point = new Vector3((x - this.size.width / 2) * pixel, (this.size.height / 2 - y) * pixel, 0)
      .applyQuaternion(orientation)
      .add(target);
    if (this.#perspective) {
      const distance = height / 2 / HALF_FIELD;
      const eye = target.clone().addScaledVector(back, distance);
      const direction = point.sub(eye).normalize();
      return {
        origin: eye.toArray(),
        direction: direction.toArray(),
        pixelAt: (along) => (pixel * along * -direction.dot(back)) / distance,
      };
    }
    const behind = point.dot(back) - 2 * this.#extent.radius;
    const origin = point.addScaledVector(back, -behind);
    return { origin: origin.toArray(), direction: back.negate().toArray(), pixelAt: () => pixel };
  }

  /** Where a point of the scene, Å about the cell centre, lies in the view: CSS pixels; null behind the eye. */
  pixelOf(point: readonly [number, number, number]): { readonly x: number; readonly y: number } | null {
    const { target, orientation, height } = this.pose;
    const seen = new Vector3(...point).sub(target).applyQuaternion(orientation.clone().invert());
    const distance = height / 2 / HALF_FIELD;
    if (this.#perspective && seen.z >= distance) return null;
    const pixels = (this.size.height / height) * (this.#perspective ? distance / (distance - seen.z) : 1);
    return { x: this.size.width / 2 + seen.x * pixels, y: this.size.height / 2 - seen.y * pixels };
  }

  get #lens(): Lens {
    return { aspect: this.#aspect, widening: this.#perspective ? HALF_FIELD : 0 };
  }

  get #aspect(): number {
    return this.size.width / this.size.height;
  }
}
