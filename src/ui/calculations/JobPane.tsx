import { useId, useState } from 'react';
import type { JobInspection } from '#campaign/inspectCell.ts';
import type { InputFile, InputWriter } from '#engines/input.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { Select } from '../controls/Select.tsx';
import { Tabs, tabId } from '../controls/Tabs.tsx';
import plots from '../right/PlotsPanel.module.css';
import styles from './Calculations.module.css';
import { CellPane } from './CellPane.tsx';
import { FilesPane } from './FilesPane.tsx';
import { TemplatePane } from './TemplatePane.tsx';

type Tab = 'templates' | 'files' | 'cell';

const TABS = [
  { tab: 'templates', label: 'Templates' },
  { tab: 'files', label: 'Input of a cell' },
  { tab: 'cell', label: 'Cell' },
] as const;

type Jobs = StageSummaries['replicas']['jobs'];

interface JobPaneProps {
  readonly writer: InputWriter;
  readonly jobs: Jobs;
  readonly rank: number;
  readonly setRank: (rank: number) => void;
  readonly job: JobInspection | null;
  readonly files: readonly InputFile[] | null;
}

/** The templates of all inputs, and one cell: what would be written for it, and what it is like. */
export function JobPane({ writer, jobs, rank, setRank, job, files }: JobPaneProps) {
  const [tab, setTab] = useState<Tab>('templates');
  const panel = useId();
  return (
    <section className={styles.pane} aria-label="Inputs and cells">
      <div className={styles.bar}>
        <Tabs
          label="Inputs and cells"
          panel={panel}
          tabs={TABS}
          current={tab}
          onShow={setTab}
          className={plots.tabs}
          tabClassName={plots.tab}
        />
        {tab !== 'templates' && (
          <Select
            aria-label="Cell"
            className={styles.jobs ?? ''}
            value={String(rank)}
            options={jobs.map((one) => ({ value: String(one.rank), label: jobWords(one) }))}
            onChange={(value) => setRank(Number(value))}
          />
        )}
      </div>
      <div id={panel} role="tabpanel" aria-labelledby={tabId(panel, tab)} className={styles.panel}>
        {tab === 'templates' && <TemplatePane key={writer.id} writer={writer} />}
        {tab === 'files' && <FilesPane files={files} />}
        {tab === 'cell' && job && <CellPane job={job} />}
      </div>
    </section>
  );
}

function jobWords({ rank, id, role, atoms }: Jobs[number]): string {
  return rank === 0 ? `bulk cell, ${atoms} atoms` : `${rank}: atom ${id}, ${role}, ${atoms} atoms`;
}
