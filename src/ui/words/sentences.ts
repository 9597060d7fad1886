import { describeFailure, type Failure } from '#data/errors.ts';

/** A sentence without the options of the command line, "(--elements)": on the page a parameter has its label. */
export function withoutFlags(sentence: string): string {
  return sentence.replace(/ \(--[a-z-]+(, --[a-z-]+)*\)/g, '');
}

/** What failed, as the page says it. */
export function failureWords(failure: Failure): string {
  return withoutFlags(describeFailure(failure));
}
