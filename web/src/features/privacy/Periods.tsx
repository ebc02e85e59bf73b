import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { RetentionRow } from '@/api/types';
import { Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import { usePast, usePeriods, useSetDays } from './admin';
import css from './privacy.module.css';

function Row({ row }: { row: RetentionRow }) {
  const { t } = useTranslation('privacy');
  const name = useName();
  const say = useToast();
  const set = useSetDays(row.key);
  const [days, setDays] = useState(row.days);
  const tried = useRested(days);
  const isChanged = days !== row.days;
  const past = usePast(row.key, tried, isChanged && row.by_time).data;
  const going = isChanged ? past?.past : row.past;
  return (
    <section className={css.card} aria-label={name(row.name)}>
      <h2>{name(row.name)}</h2>
      <p className="muted">{t('retention.stays', { what: name(row.stays) })}</p>
      {row.by_time ? (
        <form
          className={css.line}
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate(days, {
              onSuccess: () => {
                say('ok', t('retention.done'));
              },
              onError: (error) => {
                say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
              },
            });
          }}
        >
          <label>
            {t('retention.days')}
            <InputNumber<number>
              aria-label={t('retention.daysOf', { name: name(row.name) })}
              min={1}
              max={36500}
              precision={0}
              controls={false}
              suffix={t('retention.unit')}
              placeholder={t('retention.always')}
              value={days}
              onChange={setDays}
            />
          </label>
          <span className={css.going}>{going === undefined ? '…' : t('retention.going', { count: going, number: number(going) })}</span>
          <Button type="primary" htmlType="submit" disabled={!isChanged} loading={set.isPending}>
            {t('save', { ns: 'ui' })}
          </Button>
        </form>
      ) : (
        <p>{t('retention.byRequest')}</p>
      )}
    </section>
  );
}

/** How long each kind of personal data is kept, and what would go. */
export function Periods() {
  const { t } = useTranslation('privacy');
  const periods = usePeriods();
  return (
    <Faces query={periods} rows={8}>
      {(rows) => (
        <>
          <p className="muted">{t('retention.hint')}</p>
          {rows.map((row) => (
            <Row key={`${row.key} ${String(row.days)}`} row={row} />
          ))}
        </>
      )}
    </Faces>
  );
}
