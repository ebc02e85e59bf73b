import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDetail } from '@/api/types';
import { Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { FlowTree } from './FlowTree';
import css from './pages.module.css';
import { compare } from './compare';
import { definitionOf, type Definition } from './definition';
import { DesigningProvider, type Designing } from './designing';
import { useFlowVersion } from './flows';

type Side = number | 'draft';

function useSide(flow: FlowDetail, draft: Definition, side: Side): Definition | null {
  const version = useFlowVersion(flow.key, side === 'draft' ? null : side);
  if (side === 'draft') return draft;
  return version.data ? definitionOf(version.data.definition) : null;
}

function Column({ definition, marks }: { definition: Definition | null; marks: Designing['marks'] }) {
  if (!definition) return <Loading rows={6} />;
  return (
    <DesigningProvider value={{ definition, act: null, opened: null, picked: null, problems: new Map(), marks, isChecked: false }}>
      <div className={css.scroll}>
        <FlowTree nodes={definition.nodes} />
      </div>
    </DesigningProvider>
  );
}

type Props = { flow: FlowDetail; draft: Definition; onClose: () => void; onTake: ((definition: Definition) => void) | null };

/** Two versions side by side, with what came, went and changed from the left to the right. */
export default function VersionsSheet({ flow, draft, onClose, onTake }: Props) {
  const { t } = useTranslation('approvals');
  const numbers = flow.versions.map((version) => version.number).sort((a, b) => b - a);
  const [left, setLeft] = useState<Side>(numbers[flow.has_draft ? 0 : 1] ?? numbers[0] ?? 'draft');
  const [right, setRight] = useState<Side>(flow.has_draft ? 'draft' : (numbers[0] ?? 'draft'));
  const before = useSide(flow, draft, left);
  const after = useSide(flow, draft, right);
  const changes = before && after ? compare(before.nodes, after.nodes) : { before: new Map(), after: new Map() };
  const marked = (kinds: ReadonlyMap<string, 'came' | 'went' | 'changed'>): Designing['marks'] =>
    new Map([...kinds].map(([key, kind]) => [key, { tone: kind === 'came' ? 'ok' : kind === 'went' ? 'bad' : 'warn', text: t(`flow.change.${kind}`) }]));
  const options = [
    { value: 'draft' as Side, label: t('flow.draft') },
    ...flow.versions.map((version) => ({
      value: version.number as Side,
      label: [t('flows.version', { number: version.number }), dateTime(version.published_at), version.published_by?.name, version.running ? t('flows.running', { count: version.running }) : '']
        .filter(Boolean)
        .join(' · '),
    })),
  ];
  const columns = [
    { label: t('flow.before'), side: left, set: setLeft, definition: before, marks: marked(changes.before) },
    { label: t('flow.after'), side: right, set: setRight, definition: after, marks: marked(changes.after) },
  ];
  return (
    <Sheet size={1120} title={t('flow.versions')} onClose={onClose}>
      <div className={css.compare}>
        {columns.map((column) => (
          <section key={column.label} aria-label={column.label}>
            <div className={css.side}>
              <Select aria-label={column.label} value={column.side} options={options} onChange={column.set} style={{ flex: 1, minWidth: 0 }} />
              {onTake && column.side !== 'draft' && column.definition && (
                <Button
                  onClick={() => {
                    if (column.definition) onTake(column.definition);
                    onClose();
                  }}
                >
                  {t('flow.take')}
                </Button>
              )}
            </div>
            <Column definition={column.definition} marks={column.marks} />
          </section>
        ))}
      </div>
    </Sheet>
  );
}
