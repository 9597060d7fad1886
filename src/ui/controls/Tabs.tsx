import type { KeyboardEvent } from 'react';

interface TabsProps<Tab extends string> {
  readonly label: string;
  /** Id of the panel; its `aria-labelledby` is `tabId` of it and the current tab. */
  readonly panel: string;
  readonly tabs: readonly { readonly tab: Tab; readonly label: string }[];
  readonly current: Tab;
  readonly onShow: (tab: Tab) => void;
  readonly className?: string | undefined;
  readonly tabClassName?: string | undefined;
}

export function tabId(panel: string, tab: string): string {
  return `${panel}-${tab}`;
}

/** Tabs over a panel: one stop of the Tab key, arrows go round (WAI-ARIA tabs with automatic activation). */
export function Tabs<Tab extends string>({
  label,
  panel,
  tabs,
  current,
  onShow,
  className,
  tabClassName,
}: TabsProps<Tab>) {
  const keyed = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ tab }) => tab === current);
    const { tab } = tabs[(at + step + tabs.length) % tabs.length]!;
    onShow(tab);
    document.getElementById(tabId(panel, tab))?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className={className} onKeyDown={keyed}>
      {tabs.map(({ tab, label: words }) => (
        <button
          key={tab}
          id={tabId(panel, tab)}
          type="button"
          role="tab"
          aria-selected={tab === current}
          aria-controls={panel}
          tabIndex={tab === current ? 0 : -1}
          className={tabClassName}
          onClick={() => onShow(tab)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
