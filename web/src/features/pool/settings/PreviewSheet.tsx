import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { DataTable } from '@/ui/DataTable';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { WholeNumber } from './Fields';
import css from './Settings.module.css';
import type { Rules } from './definition';
import { usePreview } from './settings';

/** Who would lose what, and when, if these rules were published now. */
export default function PreviewSheet({ pool, rules, onClose }: { pool: number; rules: Rules; onClose: () => void }) {
  const { t } = useTranslation('pool');
  const [days, setDays] = useState(rules.notice.days + 7);
  const preview = usePreview(pool, rules, days);
  return (
    <Sheet title={t('settings.preview')} size={820} onClose={onClose}>
      <WholeNumber label={t('settings.previewDays')} value={days} onChange={(next) => { setDays(Math.min(next ?? 0, 90)); }} />
      <Faces query={preview} rows={8}>
        {(data) => (
          <>
            <p className={css.total} role="status">
              {data.total === 0
                ? t('settings.losingNothing', { days })
                : t(data.is_capped ? 'settings.losingCapped' : 'settings.losing', { days, count: data.total })}
            </p>
            {data.people.length > 0 && (
              <>
                <h2 className={css.heading}>{t('settings.byPerson')}</h2>
                <ul className={css.people}>
                  {data.people.slice(0, 30).map((row) => (
                    <li key={row.person.id}>
                      {row.person.name} <strong className="num">{row.count}</strong>
                    </li>
                  ))}
                </ul>
                <h2 className={css.heading}>{t('settings.byRecord', { count: data.items.length })}</h2>
                <DataTable
                  label={t('settings.preview')}
                  rows={data.items.map((item) => ({ ...item, id: item.record.id }))}
                  rowName={(row) => row.record.title}
                  columns={[
                    { key: 'record', title: t('settings.record'), width: 160, draw: (row) => <Link to={recordPath(row.record.type, row.record.id)}>{row.record.title}</Link> },
                    { key: 'owner', title: t('settings.owner'), width: 90, draw: (row) => row.owner.name },
                    { key: 'at', title: t('settings.at'), width: 130, draw: (row) => dateTime(row.at) },
                    { key: 'rule', title: t('settings.rule'), width: 280, draw: (row) => row.sentence },
                  ]}
                />
              </>
            )}
          </>
        )}
      </Faces>
    </Sheet>
  );
}
