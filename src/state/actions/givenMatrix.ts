import type { ByteInput } from '#compute/conductorApi.ts';
import { FROM_FILE } from '#descriptors/index.ts';
import { PARAMETERS, type StageName } from '#pipeline/parameters.ts';
import { useStore } from '../store.ts';

/** Descriptors that another program computed, in place of SOAP: their file, for as long as it is at hand. */
export class GivenMatrix {
  #file: ByteInput | null = null;

  /** Put a file in force. It stays so where it is refused: its rows may only want to be told apart. */
  take(file: ByteInput): void {
    this.#file = file;
    useStore.getState().setParameter('descriptor', FROM_FILE);
  }

  /** What a stage is to read. */
  inputOf(stage: StageName): ByteInput | undefined {
    const { descriptor } = useStore.getState().parameters;
    return stage === 'descriptor' && descriptor === FROM_FILE ? (this.#file ?? undefined) : undefined;
  }

  /** It belongs to the atoms of one frame, and those are gone. */
  forget(): void {
    this.#file = null;
    const { parameters, setParameter } = useStore.getState();
    if (parameters.descriptor !== FROM_FILE) return;
    for (const name of ['descriptor', 'descriptorRows'] as const) setParameter(name, PARAMETERS[name].default);
  }
}
