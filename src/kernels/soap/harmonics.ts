/** Numbers of the recurrence of SOAP-SPEC section 5. */
export interface HarmonicsRecurrence {
  /** [lMax + 1] q_mm / q_{m-1,m-1} for m > 0, and q_00. */
  readonly diagonal: Float64Array;
  /** [(lMax + 1)^2] of q_lm = up (z q_{l-1,m} - back q_{l-2,m}), at l^2 + l + m. */
  readonly up: Float64Array;
  readonly back: Float64Array;
}

export function harmonicsRecurrence(lMax: number): HarmonicsRecurrence {
  const diagonal = Float64Array.from({ length: lMax + 1 }, (_, m) =>
    m === 0 ? 1 / Math.sqrt(4 * Math.PI) : Math.sqrt((2 * m + 1) / (2 * m)),
  );
  const up = new Float64Array((lMax + 1) ** 2);
  const back = new Float64Array((lMax + 1) ** 2);
  for (let l = 1; l <= lMax; l++) {
    for (let m = 0; m < l; m++) {
      const k = l * l + l + m;
      up[k] = Math.sqrt((4 * l * l - 1) / (l * l - m * m));
      back[k] = Math.sqrt(((l - 1) ** 2 - m * m) / (4 * (l - 1) ** 2 - 1));
    }
  }
  return { diagonal, up, back };
}

/**
 * Real orthonormal spherical harmonics up to l_max (SOAP-SPEC section 5); without Condon-Shortley phase, which no power
 * spectrum depends on. One object a thread: it holds scratch numbers.
 */
export class Harmonics {
  readonly lMax: number;
  /** How many there are: (l_max + 1)^2. Y_lm has index l^2 + l + m. */
  readonly count: number;
  readonly #diagonal: Float64Array;
  readonly #up: Float64Array;
  readonly #back: Float64Array;

  constructor(lMax: number) {
    const { diagonal, up, back } = harmonicsRecurrence(lMax);
    this.lMax = lMax;
    this.count = (lMax + 1) ** 2;
    this.#diagonal = diagonal;
    this.#up = up;
    this.#back = back;
  }

  /** Y_lm of the unit vector (x, y, z), written to `out` from `offset` on. */
  evaluate(x: number, y: number, z: number, out: Float64Array, offset = 0): void {
    const lMax = this.lMax;
    const diagonal = this.#diagonal;
    const up = this.#up;
    const back = this.#back;
    // (x + i y)^m = real + i imaginary, with the sqrt 2 of m > 0 taken in at m = 1.
    let real = 1;
    let imaginary = 0;
    let sectoral = 1;
    for (let m = 0; m <= lMax; m++) {
      if (m > 0) {
        const scale = m === 1 ? Math.SQRT2 : 1;
        const last = real;
        real = scale * (x * last - y * imaginary);
        imaginary = scale * (x * imaginary + y * last);
      }
      sectoral *= diagonal[m]!;
      let previous = 0;
      let q = sectoral;
      for (let l = m; l <= lMax; l++) {
        const centre = l * l + l;
        if (l > m) {
          const next = up[centre + m]! * (z * q - back[centre + m]! * previous);
          previous = q;
          q = next;
        }
        out[offset + centre + m] = q * real;
        if (m > 0) out[offset + centre - m] = q * imaginary;
      }
    }
  }
}
