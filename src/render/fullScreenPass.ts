import {
  BufferAttribute,
  BufferGeometry,
  Camera,
  GLSL3,
  type IUniform,
  Mesh,
  RawShaderMaterial,
  Scene,
  type ShaderMaterialParameters,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';

const VERTEX = /* glsl */ `
in vec3 position;

void main() {
  gl_Position = vec4(position, 1.0);
}
`;

/** A shader over every pixel of a target's viewport. */
export class FullScreenPass<U extends Record<string, IUniform>> {
  readonly uniforms: U;
  readonly #material: RawShaderMaterial;
  readonly #triangle = new BufferGeometry().setAttribute(
    'position',
    new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3),
  );
  readonly #scene = new Scene();
  readonly #camera = new Camera();

  constructor(fragmentShader: string, uniforms: U, more: ShaderMaterialParameters = {}) {
    this.uniforms = uniforms;
    this.#material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader,
      uniforms,
      depthTest: false,
      depthWrite: false,
      ...more,
    });
    const mesh = new Mesh(this.#triangle, this.#material);
    mesh.frustumCulled = false;
    this.#scene.add(mesh);
  }

  /** Draw into rows of a target's viewport: the lowest is 0; all of them unless told. */
  draw(renderer: WebGLRenderer, target: WebGLRenderTarget, from = 0, to = target.viewport.w): void {
    target.scissor.set(0, from, target.viewport.z, to - from);
    target.scissorTest = true;
    renderer.setRenderTarget(target);
    target.scissorTest = false;
    renderer.autoClear = false;
    renderer.render(this.#scene, this.#camera);
    renderer.autoClear = true;
    renderer.setRenderTarget(null);
  }

  /** Have the shader made ready: the GPU then has it when the page asks. */
  compile(renderer: WebGLRenderer, target: WebGLRenderTarget): void {
    renderer.setRenderTarget(target);
    renderer.compile(this.#scene, this.#camera);
    renderer.setRenderTarget(null);
  }

  dispose(): void {
    this.#material.dispose();
    this.#triangle.dispose();
  }
}
