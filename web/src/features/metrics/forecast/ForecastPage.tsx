import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import { Accuracy } from './Accuracy';
import css from './forecast.module.css';
import { useForecast, type Behind, type Whose } from './forecast';
import { Parts } from './Parts';
import { Rates } from './Rates';
import { Summary } from './Summary';

const DealsSheet = lazy(() => import('./DealsSheet'));

/** What will have been signed by the end of the month or quarter, and how wrong that has been. */
export default function ForecastPage() {
  const { t } = useTranslation('forecast');
  const address = useAddress();
  const period = address.get('period') === 'month' ? 'month' : 'quarter';
  const unit = Number(address.get('unit')) || undefined;
  const whose: Whose = { period, unit };
  const found = useForecast(whose);
  const [shown, setShown] = useState<{ title: string; behind: Behind } | null>(null);
  const open = (title: string, behind: Behind) => { setShown({ title, behind }); };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <UnitChooser value={unit ?? null} onChange={(id) => { address.set({ unit: id === null ? null : String(id) }); }} />
        <Segmented
          aria-label={t('period')}
          value={period}
          options={(['quarter', 'month'] as const).map((each) => ({ value: each, label: t(`kind.${each}`) }))}
          onChange={(each) => { address.set({ period: each === 'quarter' ? null : each }); }}
        />
      </div>
      <Faces query={found} rows={8} isEmpty={(data) => data.won_deals + data.open_deals === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => (
          <>
            <Summary forecast={data} onOpen={open} />
            <Parts forecast={data} onOpen={open} />
            <Accuracy whose={whose} />
            <Rates forecast={data} onOpen={open} />
            <p className="muted">{t('asOf', { at: dateTime(data.as_of) })}</p>
            <Suspense fallback={null}>
              {shown && <DealsSheet {...shown} whose={whose} currency={data.currency} onClose={() => { setShown(null); }} />}
            </Suspense>
          </>
        )}
      </Faces>
    </div>
  );
}
