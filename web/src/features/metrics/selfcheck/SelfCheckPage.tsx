import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleFilled, WarningFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './selfcheck.module.css';

type Row = components['schemas']['SelfCheckRow'];
const months = 12;
const signs: Record<Row['level'], ReactNode> = {
  good: <CheckCircleFilled aria-hidden />,
  middle: <ExclamationCircleFilled aria-hidden />,
  bad: <WarningFilled aria-hidden />,
  none: <MinusCircleFilled aria-hidden />,
};

function useSelfCheck(month: string) {
  return useQuery({
    queryKey: ['metrics', 'self-check', month],
    queryFn: () => body(client.GET('/api/self-check', { params: { query: { month: `${month}-01` } } })),
    placeholderData: (before) => before,
  });
}

/** The months that may be checked, this one first, as `2026-11`. */
function monthsBefore(now: Date): string[] {
  return Array.from({ length: months }, (_, back) => {
    const first = new Date(now.getFullYear(), now.getMonth() - back, 1);
    return `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, '0')}`;
  });
}

function Checked({ row }: { row: Row }) {
  const { t } = useTranslation('selfcheck');
  const name = useName();
  const told = (value: number | null) => (value === null ? '—' : row.unit === 'days' ? t('days', { count: Math.round(value) }) : `${(value * 100).toFixed(1)}%`);
  const more = (row.normal ?? 0) >= (row.abnormal ?? 0);
  return (
    <li className={css.row} data-level={row.level}>
      <div className={css.figure}>
        <h2>{name(row.name)}</h2>
        <p className={css.value}>{told(row.value)}</p>
        <p className={css.level}>
          {signs[row.level]} {t(`level.${row.level}`)}
        </p>
      </div>
      <div>
        {row.of > 0 && <p className="muted">{row.hits === null ? t('of', { count: row.of }) : t('among', { hits: row.hits, count: row.of })}</p>}
        <p className="muted">{t(more ? 'normMore' : 'normLess', { normal: told(row.normal), abnormal: told(row.abnormal) })}</p>
        <ul className={css.measures}>
          {row.countermeasures.map((one) => (
            <li key={name(one)}>{name(one)}</li>
          ))}
        </ul>
        <Link to={row.page}>{t('open')}</Link>
      </div>
    </li>
  );
}

/** The monthly self-check: four figures beside their norms, and what to do about each. */
export default function SelfCheckPage() {
  const { t } = useTranslation('selfcheck');
  const address = useAddress();
  const [choices] = useState(() => monthsBefore(new Date()));
  const month = choices.find((one) => one === address.get('month')) ?? choices[0] ?? '';
  const found = useSelfCheck(month);
  return (
    <div className="page">
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <Select
          aria-label={t('month')}
          value={month}
          options={choices.map((one) => ({ value: one, label: t('monthOf', { year: one.slice(0, 4), month: Number(one.slice(5)) }) }))}
          onChange={(one: string) => { address.set({ month: one === choices[0] ? null : one }); }}
          className={css.choice}
        />
      </div>
      <p className="muted">{t('hint')}</p>
      <Faces query={found} rows={8} isEmpty={(data) => data.rows.length === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => (
          <>
            <ul className={css.rows}>
              {data.rows.map((row) => (
                <Checked key={row.key} row={row} />
              ))}
            </ul>
            <p className="muted">{t('asOf', { at: dateTime(data.as_of) })}</p>
          </>
        )}
      </Faces>
    </div>
  );
}
