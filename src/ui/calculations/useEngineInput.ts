import { useMemo } from 'react';
import { Refusal } from '#data/errors.ts';
import type { InputFile, InputWriter } from '#engines/input.ts';
import { previewInput } from '#engines/writers.ts';
import type { Structure } from '#formats/format.ts';
import { type Choice, checkChoice, completeSettings, findWriter } from '#pipeline/calculationRequest.ts';
import { type CalculationsSlice, inputSettings } from '#state/slices/calculations.ts';
import { useStore } from '#state/store.ts';
import { failureWords } from '../words/sentences.ts';

/** What is chosen, with the potential as the file that it is. */
export type PackageChoice = Omit<Choice, 'potential'> & { readonly potential: CalculationsSlice['potential'] };

export interface EngineInput {
  readonly choice: PackageChoice;
  readonly writer: InputWriter;
  /** What a package would hold for the cell; null where it cannot be written, or there is no cell yet. */
  readonly files: readonly InputFile[] | null;
  /** What stands in the way of a package, as one sentence; else ''. */
  readonly problem: string;
}

/** The inputs of one cell as they are set now, and what is wrong with the settings. */
export function useEngineInput(structure: Structure | null): EngineInput {
  const choice = useChoice();
  return useMemo(() => {
    const writer = findWriter(choice.engine);
    // Files are worth a look before the last thing is in its place.
    const files = attempt(() => structure && previewInput(writer, structure, completeSettings(choice, writer)));
    const checked = attempt(() => checkChoice(choice));
    return { choice, writer, files: files.value ?? null, problem: files.problem || checked.problem };
  }, [choice, structure]);
}

function useChoice(): PackageChoice {
  const engine = useStore((store) => store.engine);
  const values = useStore((store) => store.inputValues);
  const templates = useStore((store) => store.inputTemplates);
  const file = useStore((store) => store.potential);
  const energyDensityCode = useStore((store) => store.energyDensityCode);
  return useMemo(() => {
    const settings = inputSettings({ engine, inputValues: values, inputTemplates: templates });
    // A potential that was given for another program waits for that.
    const potential = findWriter(engine).carries ? file : null;
    return { engine, settings, potential, energyDensityCode };
  }, [engine, values, templates, file, energyDensityCode]);
}

function attempt<T>(work: () => T): { readonly value?: T; readonly problem: string } {
  try {
    return { value: work(), problem: '' };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { problem: failureWords(thrown.failure) };
    throw thrown;
  }
}
