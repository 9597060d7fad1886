/**
 * XXH64 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), seed 0, of which Zstandard keeps the low 32 bits as a frame's
 * checksum. 64-bit numbers are pairs of 32-bit words, low one first: BigInt would take ten times as long.
 */
type Wide = [low: number, high: number];

const PRIME_1: Wide = [0x85eb_ca87, 0x9e37_79b1];
const PRIME_2: Wide = [0x27d4_eb4f, 0xc2b2_ae3d];
const PRIME_3: Wide = [0x9e37_79f9, 0x1656_67b1];
const PRIME_4: Wide = [0xc2b2_ae63, 0x85eb_ca77];
const PRIME_5: Wide = [0x1656_67c5, 0x27d4_eb2f];
const STRIPE = 32;

/** High word of a product of two words. */
function highProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  return a1 * b1 + (middle >>> 16) + ((a0 * b1 + (middle & 0xffff)) >>> 16);
}

const multiply = ([low, high]: Wide, [factor, factorHigh]: Wide): Wide => [
  Math.imul(low, factor) >>> 0,
  (highProduct(low, factor) + Math.imul(low, factorHigh) + Math.imul(high, factor)) >>> 0,
];

const add = ([low, high]: Wide, [further, furtherHigh]: Wide): Wide => {
  const sum = low + further;
  return [sum >>> 0, (high + furtherHigh + (sum > 0xffff_ffff ? 1 : 0)) >>> 0];
};

const rotate = ([low, high]: Wide, bits: number): Wide => {
  const [from, to] = bits < 32 ? [low, high] : [high, low];
  const by = bits % 32;
  return by === 0 ? [from, to] : [((from << by) | (to >>> (32 - by))) >>> 0, ((to << by) | (from >>> (32 - by))) >>> 0];
};

const xor = ([low, high]: Wide, [other, otherHigh]: Wide): Wide => [(low ^ other) >>> 0, (high ^ otherHigh) >>> 0];

const shiftRight = ([low, high]: Wide, bits: number): Wide =>
  bits >= 32 ? [high >>> (bits - 32), 0] : [((low >>> bits) | (high << (32 - bits))) >>> 0, high >>> bits];

const round = (lane: Wide, input: Wide): Wide => multiply(rotate(add(lane, multiply(input, PRIME_2)), 31), PRIME_1);

/** The hash of bytes that come in pieces. */
export class Xxh64 {
  #lanes: Wide[] = [add(PRIME_1, PRIME_2), PRIME_2, [0, 0], [0x7a14_3579, 0x61c8_864e]];
  readonly #rest = new Uint8Array(STRIPE);
  #resting = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#resting > 0) {
      at = Math.min(STRIPE - this.#resting, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#resting);
      this.#resting += at;
      if (this.#resting < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
      this.#resting = 0;
    }
    const end = bytes.length - ((bytes.length - at) % STRIPE);
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#resting = bytes.length - end;
  }

  /** Low 32 bits of the hash of all that came. */
  low32(): number {
    const [a, b, c, d] = this.#lanes as [Wide, Wide, Wide, Wide];
    let hash: Wide = PRIME_5;
    if (this.#length >= STRIPE) {
      hash = add(add(rotate(a, 1), rotate(b, 7)), add(rotate(c, 12), rotate(d, 18)));
      for (const lane of this.#lanes) hash = add(multiply(xor(hash, round([0, 0], lane)), PRIME_1), PRIME_4);
    }
    hash = add(hash, [this.#length >>> 0, Math.floor(this.#length / 2 ** 32)]);
    hash = this.#remainder(hash);
    hash = multiply(xor(hash, shiftRight(hash, 33)), PRIME_2);
    hash = multiply(xor(hash, shiftRight(hash, 29)), PRIME_3);
    return xor(hash, shiftRight(hash, 32))[0];
  }

  /** Whole stripes of `bytes[start, end)`: the inner loop, written out on words so that it makes no arrays. */
  #stripes(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const [factor, factorHigh] = PRIME_2;
    const [last, lastHigh] = PRIME_1;
    this.#lanes = this.#lanes.map(([laneLow, laneHigh], index): Wide => {
      let [low, high] = [laneLow, laneHigh];
      for (let at = start + 8 * index; at < end; at += STRIPE) {
        const word = view.getUint32(at, true);
        const wordHigh = view.getUint32(at + 4, true);
        const sum = low + (Math.imul(word, factor) >>> 0);
        const sumHigh =
          high +
          highProduct(word, factor) +
          Math.imul(word, factorHigh) +
          Math.imul(wordHigh, factor) +
          (sum > 0xffff_ffff ? 1 : 0);
        const turned = ((sum << 31) | ((sumHigh >>> 0) >>> 1)) >>> 0;
        const turnedHigh = ((sumHigh << 31) | ((sum >>> 0) >>> 1)) >>> 0;
        low = Math.imul(turned, last) >>> 0;
        high = (highProduct(turned, last) + Math.imul(turned, lastHigh) + Math.imul(turnedHigh, last)) >>> 0;
      }
      return [low, high];
    });
  }

  #remainder(start: Wide): Wide {
    const bytes = this.#rest.subarray(0, this.#resting);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let hash = start;
    let at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      const lane = round([0, 0], [view.getUint32(at, true), view.getUint32(at + 4, true)]);
      hash = add(multiply(rotate(xor(hash, lane), 27), PRIME_1), PRIME_4);
    }
    if (at + 4 <= bytes.length) {
      const lane = multiply([view.getUint32(at, true), 0], PRIME_1);
      hash = add(multiply(rotate(xor(hash, lane), 23), PRIME_2), PRIME_3);
      at += 4;
    }
    for (; at < bytes.length; at++) {
      hash = multiply(rotate(xor(hash, multiply([bytes[at]!, 0], PRIME_5)), 11), PRIME_1);
    }
    return hash;
  }
}
