import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { LibrarySettings } from './LibrarySettings';
import css from './playbooks.module.css';
import { useFacets, useUsage } from './queries';

/** Talk tracks used: of the records that people worked on, with how many (requirement D13). */
export default function UsageFigures() {
  const { t } = useTranslation('playbooks');
  const [days, setDays] = useState(() => [dayjs().subtract(29, 'day'), dayjs()] as const);
  const usage = useUsage(days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD'));
  const facets = useFacets();
  return (
    <>
      <div className={css.filters}>
        <DatePicker.RangePicker aria-label={t('usage.days')} allowClear={false} value={[days[0], days[1]]} onChange={(value) => { if (value?.[0] && value[1]) setDays([value[0], value[1]]); }} />
      </div>
      <section className={css.panel}>
        <h2>{t('usage.title')}</h2>
        <p className="muted">{t('usage.hint')}</p>
        <Faces query={usage}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title={t('usage.nothing')} />
            ) : (
              <div className={css.scroll} tabIndex={0} role="region" aria-label={t('usage.title')}>
                <table className={css.table}>
                  <thead>
                    <tr>
                      <th>{t('usage.person')}</th>
                      <th>{t('usage.unit')}</th>
                      <th className={css.num}>{t('usage.records')}</th>
                      <th className={css.num}>{t('usage.withTrack')}</th>
                      <th className={css.num}>{t('usage.opened')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.items.map((row) => (
                      <tr key={row.person.id}>
                        <td>{row.person.name}</td>
                        <td>{row.unit?.name}</td>
                        <td className={css.num}>{row.records}</td>
                        <td className={css.num}>{t('usage.of', { part: row.with_track, whole: row.records })}</td>
                        <td className={css.num}>{row.opened}</td>
                      </tr>
                    ))}
                  </tbody>
                  <tfoot>
                    <tr>
                      <th colSpan={2}>{t('usage.all')}</th>
                      <td className={css.num}>{data.records}</td>
                      <td className={css.num}>{t('usage.of', { part: data.with_track, whole: data.records })}</td>
                      <td />
                    </tr>
                  </tfoot>
                </table>
              </div>
            )
          }
        </Faces>
      </section>
      {facets.data?.can.manage && <LibrarySettings />}
    </>
  );
}
