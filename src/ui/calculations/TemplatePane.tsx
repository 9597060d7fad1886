import { useState } from 'react';
import type { InputWriter } from '#engines/input.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { Select } from '../controls/Select.tsx';
import styles from './Calculations.module.css';

/** What all inputs are made from, to be edited; and the placeholders that are filled in for each cell. */
export function TemplatePane({ writer }: { readonly writer: InputWriter }) {
  const [chosen, setChosen] = useState(writer.templates[0]!.file);
  const { file, text } = writer.templates.find((one) => one.file === chosen)!;
  const edited = useStore((store) => store.inputTemplates[writer.id]?.[file]);
  const { setEngineInput } = useStore.getState();
  const change = (next: string | undefined) => setEngineInput('inputTemplates', file, next === text ? undefined : next);
  return (
    <>
      <div className={styles.row}>
        <Select
          aria-label="Template"
          value={file}
          options={writer.templates.map((one) => ({ value: one.file, label: one.file }))}
          disabled={writer.templates.length === 1}
          onChange={setChosen}
        />
        <Button disabled={edited === undefined} onClick={() => change(undefined)}>
          Reset
        </Button>
      </div>
      <textarea
        className={styles.text}
        aria-label={`Template of ${file}`}
        spellCheck={false}
        value={edited ?? text}
        onChange={({ target }) => change(target.value)}
      />
      <details className={styles.placeholders}>
        <summary>{writer.placeholders.length} placeholders</summary>
        <dl>
          {writer.placeholders.map(({ name, description }) => (
            <div key={name}>
              <dt>
                <code>{`{{${name}}}`}</code>
              </dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
