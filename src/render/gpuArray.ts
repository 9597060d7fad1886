import { type BufferAttribute, GLBufferAttribute } from 'three';
import type { NumericArray } from '#data/column.ts';

/** Handed to the GPU at a time: more would not fit into what lies between page and GPU, and the page would wait. */
const SLICE_BYTES = 1 << 20;

/**
 * Numbers of every atom on the GPU, handed over slice by slice. Bytes stay bytes, all other numbers become float32,
 * converted on their way: the page keeps no copy.
 */
export class GpuArray {
  readonly #context: WebGL2RenderingContext;
  readonly #source: NumericArray;
  readonly #width: number;
  readonly #isIndex: boolean;
  #length: number;
  #sent = 0;
  #attribute: GLBufferAttribute;

  /** @param width Numbers an atom. */
  constructor(context: WebGL2RenderingContext, source: NumericArray, width: number, isIndex = false) {
    this.#context = context;
    this.#source = source;
    this.#width = width;
    this.#isIndex = isIndex;
    this.#length = source.length;
    this.#attribute = this.#make();
  }

  /** For a geometry of three.js, which takes such a buffer like one of its own; its types leave that out. */
  get attribute(): BufferAttribute {
    return this.#attribute as unknown as BufferAttribute;
  }

  get ready(): boolean {
    return this.#sent === this.#length;
  }

  /** The first `length` numbers of the source are new: hand them over again. */
  send(length: number): void {
    this.#length = length;
    this.#sent = 0;
  }

  /** The context was lost and is back: start afresh, in a new buffer. */
  renew(): void {
    this.#attribute = this.#make();
    this.#sent = 0;
  }

  /** Hand over the next slice. */
  sendSlice(): void {
    const to = Math.min(this.#length, this.#sent + SLICE_BYTES / this.#bytes);
    const slice = this.#source.subarray(this.#sent, to);
    const numbers = this.#isPlain ? slice : Float32Array.from(slice);
    // A target that belongs to no vertex array of three.js.
    this.#context.bindBuffer(this.#context.COPY_WRITE_BUFFER, this.#attribute.buffer);
    this.#context.bufferSubData(this.#context.COPY_WRITE_BUFFER, this.#bytes * this.#sent, numbers);
    this.#sent = to;
  }

  dispose(): void {
    this.#context.deleteBuffer(this.#attribute.buffer);
  }

  /** Of these types the GPU takes the numbers as they are. */
  get #isPlain(): boolean {
    return this.#isIndex || this.#source instanceof Float32Array || this.#source instanceof Uint8Array;
  }

  get #bytes(): 1 | 4 {
    return this.#source instanceof Uint8Array ? 1 : 4;
  }

  #make(): GLBufferAttribute {
    const context = this.#context;
    const buffer = context.createBuffer();
    if (this.#isIndex) this.#declareIndex(buffer);
    context.bindBuffer(context.COPY_WRITE_BUFFER, buffer);
    context.bufferData(context.COPY_WRITE_BUFFER, this.#bytes * this.#source.length, context.STATIC_DRAW);
    const { FLOAT, UNSIGNED_BYTE, UNSIGNED_INT } = context;
    const type = this.#isIndex ? UNSIGNED_INT : this.#bytes === 1 ? UNSIGNED_BYTE : FLOAT;
    return new GLBufferAttribute(buffer, type, this.#width, this.#bytes, this.#source.length / this.#width);
  }

  /** What is to be an index must be bound as one before anything else, in no vertex array of three.js. */
  #declareIndex(buffer: WebGLBuffer): void {
    const context = this.#context;
    const bound = context.getParameter(context.VERTEX_ARRAY_BINDING) as WebGLVertexArrayObject | null;
    context.bindVertexArray(null);
    context.bindBuffer(context.ELEMENT_ARRAY_BUFFER, buffer);
    context.bindVertexArray(bound);
  }
}
