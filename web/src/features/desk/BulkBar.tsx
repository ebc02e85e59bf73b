import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkBody, BulkResult, RecordItem, TypeMeta } from '@/api/types';
import css from './BulkBar.module.css';
import { theseRecords } from './bulk';
import { useExtras } from './extras';
import { parseFilter, type ListState } from './listState';

const BulkDialog = lazy(() => import('./BulkDialog'));
const BulkOutcome = lazy(() => import('./BulkOutcome'));

type Action = BulkBody['action'];
type Props = { type: TypeMeta; state: ListState; ids: number[]; rows: RecordItem[]; count: number; onClear: () => void };

/** What can be done with the rows that are ticked. */
export function BulkBar({ type, state, ids, rows, count, onClear }: Props) {
  const { t } = useTranslation('desk');
  const [action, setAction] = useState<Action | null>(null);
  const [outcome, setOutcome] = useState<BulkResult | null>(null);
  const [everything, setEverything] = useState(false);
  const [extra, setExtra] = useState<string | null>(null);
  const extras = useExtras(type).acts;
  const canAll = ids.length === rows.length && count > rows.length;
  const filter = parseFilter(state.filter) ?? state.view?.filter ?? null;
  const shown = { ids: null, filter, q: state.q, stage: state.stage || null, mine: state.mine };
  const actions: Action[] = state.deleted
    ? ['restore']
    : [
        ...(type.can.assign !== 'none' ? (['assign'] as const) : []),
        ...(type.can.edit !== 'none' ? (['set'] as const) : []),
        ...(type.has_process && type.can.move !== 'none' ? (['move'] as const) : []),
        ...(type.can.delete !== 'none' ? (['delete'] as const) : []),
      ];
  return (
    <div className={css.bar} role="region" aria-label={t('bulk.title')}>
      <strong>{t('selected', { ns: 'ui', count: everything ? count : ids.length })}</strong>
      {canAll && (
        <Button
          size="small"
          type="link"
          onClick={() => {
            setEverything(!everything);
          }}
        >
          {everything ? t('bulk.onlyTicked') : t('bulk.everything', { count })}
        </Button>
      )}
      {actions.map((one) => (
        <Button
          key={one}
          size="small"
          danger={one === 'delete'}
          onClick={() => {
            setAction(one);
          }}
        >
          {t(`bulk.${one}`)}
        </Button>
      ))}
      {!state.deleted &&
        !everything &&
        extras.map((one) => (
          <Button key={one.key} size="small" onClick={() => { setExtra(one.key); }}>
            {t(`bulk.${one.key}`)}
          </Button>
        ))}
      <span className="grow" />
      <Button size="small" type="text" onClick={onClear}>
        {t('clear', { ns: 'ui' })}
      </Button>
      <Suspense fallback={null}>
        {action && (
          <BulkDialog
            type={type}
            action={action}
            target={everything ? shown : theseRecords(ids)}
            count={everything ? count : ids.length}
            onClose={() => {
              setAction(null);
            }}
            onDone={(result) => {
              setAction(null);
              setOutcome(result);
            }}
          />
        )}
        {extras.map(({ key, Dialog }) => key === extra && <Dialog key={key} ids={ids} onClose={() => { setExtra(null); }} onDone={onClear} />)}
        {outcome && (
          <BulkOutcome
            type={type}
            result={outcome}
            onClose={() => {
              setOutcome(null);
              onClear();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
