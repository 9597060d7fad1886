import { useEffect, useState } from 'react';
import { STAGES } from '#pipeline/stages.ts';
import { type Store, useStore } from '#state/store.ts';
import { failureWords } from '../words/sentences.ts';
import { resultWords } from '../words/stepWords.ts';

/** Says to screen readers what has just finished or failed. */
export function Announcer() {
  const [words, setWords] = useState('');
  useEffect(
    () =>
      useStore.subscribe((now, before) => {
        if (now.stages === before.stages) return;
        const news = STAGES.flatMap((stage) => newsOf(now, before, stage)).join(' ');
        if (news) setWords(news);
      }),
    [],
  );
  return (
    <p className="unseen" aria-live="polite">
      {words}
    </p>
  );
}

function newsOf(now: Store, before: Store, { name, title }: (typeof STAGES)[number]): string[] {
  const { status, summary, failure } = now.stages[name];
  if (before.stages[name].status !== 'running' || status === 'running') return [];
  if (failure) return [`${title} failed. ${failureWords(failure)}`];
  return status === 'done' && summary ? [`${title} done: ${resultWords(name, summary)}.`] : [];
}
