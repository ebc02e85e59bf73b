import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurturePath } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { usePathReport, usePathVersion } from '@/features/nurture/paths';
import { Loading } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { definitionOf, sent, type Definition } from './definition';
import { EditingProvider, type Editing, type Figure } from './editing';
import { FigureSheet } from './FigureSheet';
import { Flow } from './Flow';
import { figuresOf, wordsOf } from './reading';
import { compare, type Difference } from './steps';

type Side = number | 'draft';
type Draft = { definition: Definition; words: ReadonlyMap<string, string> };
const tones = { came: 'ok', went: 'bad', changed: 'warn' } as const;
const nothing = new Map<string, never>();

function useSide(path: NurturePath, draft: Draft | null, side: Side): Draft | null {
  const version = usePathVersion(path.key, side === 'draft' ? null : side);
  if (side === 'draft') return draft;
  if (!version.data) return null;
  return { definition: sent(definitionOf({ key: path.key, name: path.name, draft: null, current: version.data.definition })), words: wordsOf(version.data.sentences) };
}

function Column({ path, side, shown, marks }: { path: NurturePath; side: Side; shown: Draft | null; marks: Editing['marks'] }) {
  const { t } = useTranslation('nurture');
  const version = side === 'draft' ? null : side;
  const report = usePathReport(path.key, version, version !== null);
  const [figure, setFigure] = useState<Figure | null>(null);
  if (!shown) return <Loading rows={6} />;
  const editing: Editing = {
    definition: shown.definition,
    act: null,
    opened: null,
    picked: null,
    faults: nothing,
    words: shown.words,
    figures: version === null ? nothing : figuresOf(report.data),
    onFigure: setFigure,
    marks,
  };
  return (
    <div className={css.form}>
      {version !== null && report.data && (
        <p className="muted">{t('versions.counts', { started: number(report.data.started), running: number(report.data.running), done: number(report.data.done), left: number(report.data.left) })}</p>
      )}
      <EditingProvider value={editing}>
        <div className={css.scroll} tabIndex={0} role="region" aria-label={version === null ? t('versions.draft') : t('version', { version })}>
          <Flow />
        </div>
      </EditingProvider>
      {figure && <FigureSheet path={path.key} version={version} figure={figure} onClose={() => { setFigure(null); }} />}
    </div>
  );
}

type Props = { path: NurturePath; draft: Draft | null; onClose: () => void; onTake: ((definition: Definition) => void) | null };

/** Two versions side by side: what came, went and changed, and how each step went. */
export default function VersionsSheet({ path, draft, onClose, onTake }: Props) {
  const { t } = useTranslation('nurture');
  const numbers = path.versions.map((version) => version.number).sort((a, b) => b - a);
  const newest: Side = numbers[0] ?? 'draft';
  const [left, setLeft] = useState<Side>(draft ? newest : (numbers[1] ?? newest));
  const [right, setRight] = useState<Side>(draft ? 'draft' : newest);
  const before = useSide(path, draft, left);
  const after = useSide(path, draft, right);
  const changes = before && after ? compare(before.definition.steps, after.definition.steps) : { before: nothing, after: nothing };
  const marked = (kinds: ReadonlyMap<string, Difference>): Editing['marks'] => new Map([...kinds].map(([key, kind]) => [key, { tone: tones[kind], text: t(`versions.${kind}`) }]));
  const options = [
    ...(draft ? [{ value: 'draft' as Side, label: t('versions.draft') }] : []),
    ...path.versions.map((version) => ({
      value: version.number as Side,
      label: [t('version', { version: version.number }), dateTime(version.published_at), version.published_by, version.running > 0 ? t('versions.running', { count: version.running }) : ''].filter(Boolean).join(' · '),
    })),
  ];
  const columns = [
    { label: t('versions.before'), side: left, set: setLeft, shown: before, marks: marked(changes.before) },
    { label: t('versions.after'), side: right, set: setRight, shown: after, marks: marked(changes.after) },
  ];
  return (
    <Sheet size={1180} title={t('versions.title')} onClose={onClose}>
      <div className={css.compare}>
        {columns.map((column) => (
          <section key={column.label} aria-label={column.label}>
            <div className={css.ruleHead}>
              <Select<Side> aria-label={column.label} value={column.side} options={options} onChange={column.set} style={{ flex: 1, minWidth: 0 }} />
              {onTake && column.side !== 'draft' && (
                <Button
                  disabled={!column.shown}
                  onClick={() => {
                    if (column.shown) onTake(column.shown.definition);
                    onClose();
                  }}
                >
                  {t('versions.take')}
                </Button>
              )}
            </div>
            <Column key={column.side} path={path} side={column.side} shown={column.shown} marks={column.marks} />
          </section>
        ))}
      </div>
    </Sheet>
  );
}
