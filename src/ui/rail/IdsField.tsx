import { useId, useState } from 'react';
import { describeFailure, toFailure } from '#data/errors.ts';
import { readIdList } from '#formats/idList/read.ts';
import { PARAMETERS } from '#pipeline/parameters.ts';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import inputs from '../controls/fields.module.css';
import { plural } from '../words/numbers.ts';
import styles from './ParameterField.module.css';
import type { FieldProps } from './ParameterField.tsx';

/** Longer lists come from files and are not edited here. */
const EDITABLE = 500;

/** Atom ids, typed or from a file with one a line. */
export function IdsField({ name, value, onChange, id, helpId }: FieldProps<'given' | 'candidates' | 'exclude'>) {
  const [draft, setDraft] = useState({ text: textOf(value), of: value, problem: '' });
  const problemId = useId();
  if (draft.of !== value) setDraft({ text: textOf(value), of: value, problem: '' });

  const accept = (list: string, file: string, text: string) => {
    try {
      const ids = list.trim() === '' ? null : [...readIdList(list, file)];
      setDraft({ text: ids && ids.length > EDITABLE ? '' : text, of: ids, problem: '' });
      onChange(ids);
    } catch (thrown) {
      setDraft({ text, of: value, problem: describeFailure(toFailure(thrown)) });
    }
  };

  return (
    <>
      {value && value.length > EDITABLE ? (
        <p className={styles.row}>{plural(value.length, 'atom')} from a file</p>
      ) : (
        <textarea
          id={id}
          className={`${inputs.input} ${inputs.area}`}
          rows={2}
          spellCheck={false}
          placeholder="Atom ids, between spaces or commas"
          value={draft.text}
          aria-describedby={draft.problem ? `${problemId} ${helpId}` : helpId}
          aria-invalid={draft.problem !== ''}
          onChange={({ target }) =>
            accept(target.value.replace(/[\s,;]+/g, '\n'), PARAMETERS[name].label, target.value)
          }
        />
      )}
      <div className={styles.row}>
        <FileButton
          look="plain"
          accept=".txt,.csv,.dat"
          onFile={async (file) => accept(await file.text(), file.name, draft.text)}
        >
          From a file…
        </FileButton>
        {value && (
          <Button look="plain" onClick={() => onChange(null)}>
            Clear
          </Button>
        )}
      </div>
      {draft.problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          {draft.problem}
        </p>
      )}
    </>
  );
}

function textOf(ids: readonly number[] | null): string {
  return ids && ids.length <= EDITABLE ? ids.join(' ') : '';
}
