import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listPath, useAddress } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './AuditPage.module.css';
import { useFillRates } from './audit';

/** How completely each field is filled in; a field below its threshold opens the records without it. */
export default function FillRatesPage() {
  const { t } = useTranslation('desk');
  const name = useName();
  const address = useAddress();
  const types = useTypes();
  const type = types.find((one) => one.key === address.get('type')) ?? types[0];
  const rates = useFillRates(type?.key ?? 'deal');
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('fill.title')}</h1>
      </div>
      <Tabs
        label={t('fill.title')}
        value={type?.key ?? ''}
        tabs={types.map((one) => ({ key: one.key, label: name(one.name) }))}
        onChange={(key) => {
          address.set({ type: key });
        }}
      />
      <section className={css.rates}>
        <p className="muted">{t('fill.hint')}</p>
        <Faces query={rates} isEmpty={(list) => list.length === 0} empty={<Empty />}>
          {(list) =>
            list.map((row) => {
              const share = row.rate ?? 0;
              const without = JSON.stringify({ combinator: 'and', rules: [{ field: row.field, operator: 'null', value: null }] });
              return (
                <div key={row.field} className={css.rate}>
                  <Link to={listPath(type?.key ?? '', { filter: without })}>{name(row.name)}</Link>
                  <span className={css.bar} data-low={share < row.threshold || undefined}>
                    <span style={{ width: `${share * 100}%` }} />
                  </span>
                  <span className="num">
                    {row.rate === null ? '–' : `${(share * 100).toFixed(0)}%`} <span className="muted">{number(row.filled)} / {number(row.total)}</span>
                  </span>
                </div>
              );
            })
          }
        </Faces>
      </section>
    </div>
  );
}
