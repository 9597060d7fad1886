import { useId, useState } from 'react';
import { describeFailure, toFailure } from '#data/errors.ts';
import { readIdList } from '#formats/idList/read.ts';
import { type IdList, isListRef } from '#pipeline/idLists.ts';
import { PARAMETERS } from '#pipeline/parameters.ts';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import inputs from '../controls/fields.module.css';
import { plural } from '../words/numbers.ts';
import styles from './ParameterField.module.css';
import type { FieldProps } from './ParameterField.tsx';

/** Longer lists come from files and are not edited here. */
const EDITABLE = 500;

/** What is typed is a list of ids; what a set of the page stands for may be a reference. */
type IdsProps = Omit<FieldProps<'given' | 'candidates' | 'exclude' | 'acceptedEnergies' | 'leftOut'>, 'onChange'> & {
  readonly onChange: (value: readonly number[] | null) => void;
};

/** Atom ids, typed or from a file with one a line. */
export function IdsField({ name, value, onChange, id, helpId }: IdsProps) {
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
      {value && !isEditable(value) ? (
        <p className={styles.row}>
          {isListRef(value) ? `${plural(value.count, 'atom')}: ${value.name}` : `${plural(value.length, 'atom')} by id`}
        </p>
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

function isEditable(ids: IdList): boolean {
  return !isListRef(ids) && ids.length <= EDITABLE;
}

function textOf(ids: IdList | null): string {
  return ids && !isListRef(ids) && isEditable(ids) ? ids.join(' ') : '';
}
