import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import css from './Punctuality.module.css';
import { periods, today, type Period, type Span } from './periods';

const form = 'YYYY-MM-DD';

/** A period by its name, or days of one's own; kept in the address. */
export function PeriodChooser({ period, span }: { period: Period; span: Span }) {
  const { t } = useTranslation('supervision');
  const address = useAddress();
  const last = dayjs(today());
  const choose = (next: Period) => {
    address.set({ period: next === 'last30' ? null : next, from: next === 'own' ? span.from : null, to: next === 'own' ? span.to : null });
  };
  return (
    <div className={css.period}>
      <Select
        aria-label={t('punctuality.period')}
        className={css.periods}
        value={period}
        options={periods.map((key) => ({ value: key, label: t(`punctuality.periods.${key}`) }))}
        onChange={choose}
      />
      {period === 'own' &&
        (['from', 'to'] as const).map((end) => (
          <DatePicker
            key={end}
            aria-label={t(`punctuality.${end}`)}
            allowClear={false}
            value={dayjs(span[end])}
            minDate={end === 'to' ? dayjs(span.from) : undefined}
            maxDate={end === 'from' ? dayjs(span.to) : last}
            onChange={(day) => { if (day) address.set({ [end]: day.format(form) }); }}
          />
        ))}
    </div>
  );
}
