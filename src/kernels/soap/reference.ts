import { Harmonics } from './harmonics.ts';
import { checkSoapParameters, type SoapParameters, soapDimension } from './parameters.ts';
import { finishDescriptor, powerSpectrum } from './powerSpectrum.ts';
import { centralCoefficient, makeRadialBasis, neighbourWeight, radialFunctions } from './radialBasis.ts';

/**
 * SOAP of one environment, term by term as SOAP-SPEC writes it: what the fast twin is judged by.
 *
 * @returns A function from displacements [neighbours, 3] (Å, from the centre; those at r >= cutoff are skipped) to the
 * descriptor [D].
 * @throws Refusal (`bad-parameter`), see `checkSoapParameters` and `makeRadialBasis`.
 */
export function makeReferenceSoap(parameters: SoapParameters): (displacements: Float64Array) => Float64Array {
  checkSoapParameters(parameters);
  const { nMax, lMax, cutoff } = parameters;
  const basis = makeRadialBasis(parameters);
  const harmonics = new Harmonics(lMax);
  const Y = new Float64Array(harmonics.count);
  const g = new Float64Array((lMax + 1) * nMax);

  return (displacements) => {
    const c = new Float64Array(nMax * harmonics.count);
    c[0] = centralCoefficient(parameters, basis);
    for (let j = 0; j < displacements.length; j += 3) {
      const [x, y, z] = [displacements[j]!, displacements[j + 1]!, displacements[j + 2]!];
      const r = Math.hypot(x, y, z);
      if (r >= cutoff) continue;
      const weight = neighbourWeight(parameters, r);
      radialFunctions(basis, r, g);
      harmonics.evaluate(x / r, y / r, z / r, Y);
      for (let n = 0; n < nMax; n++) {
        for (let l = 0; l <= lMax; l++) {
          const G = weight * g[l * nMax + n]!;
          for (let lm = l * l; lm < (l + 1) ** 2; lm++) c[n * harmonics.count + lm]! += G * Y[lm]!;
        }
      }
    }
    const descriptor = new Float64Array(soapDimension(parameters));
    powerSpectrum(c, nMax, lMax, descriptor, 0);
    finishDescriptor(parameters, descriptor, 0, descriptor.length);
    return descriptor;
  };
}
