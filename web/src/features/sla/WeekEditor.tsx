import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { durationText } from '@/ui/duration';
import css from './Calendar.module.css';
import { weekdayName } from './dayNames';
import { faultOf, minutesOf, type Span } from './week';

type SpansProps = { label: string; spans: Span[]; onChange: (spans: Span[]) => void };

/** The working hours of one day, as many spans as it has. */
export function SpanRows({ label, spans, onChange }: SpansProps) {
  const { t } = useTranslation('sla');
  const fault = faultOf(spans);
  const put = (place: number, part: Partial<Span>) => {
    onChange(spans.map((span, index) => (index === place ? { ...span, ...part } : span)));
  };
  return (
    <div className={css.spans}>
      {spans.map((span, place) => (
        <span key={place} className={css.span}>
          <input type="time" aria-label={t('calendar.from', { day: label, place: place + 1 })} value={span.from} onChange={(event) => { put(place, { from: event.target.value }); }} />
          –
          <input type="time" aria-label={t('calendar.to', { day: label, place: place + 1 })} value={span.to} onChange={(event) => { put(place, { to: event.target.value }); }} />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('calendar.removeSpan', { day: label, place: place + 1 })}
            onClick={() => {
              onChange(spans.filter((_one, index) => index !== place));
            }}
          />
        </span>
      ))}
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t('calendar.addSpan', { day: label })}
        onClick={() => {
          onChange([...spans, spans.length === 0 ? { from: '09:00', to: '12:00' } : { from: '13:00', to: '18:00' }]);
        }}
      />
      {fault && (
        <span className={css.fault} role="alert">
          {t(`calendar.fault.${fault}`)}
        </span>
      )}
    </div>
  );
}

/** The hours of a week; two spans a day leave lunch out. */
export function WeekEditor({ week, onChange }: { week: Span[][]; onChange: (week: Span[][]) => void }) {
  const { t, i18n } = useTranslation('sla');
  return (
    <table className={css.week}>
      <tbody>
        {week.map((spans, weekday) => {
          const label = weekdayName(weekday, i18n.language);
          return (
            <tr key={weekday} data-free={spans.length === 0 || undefined}>
              <th scope="row">{label}</th>
              <td>
                <SpanRows
                  label={label}
                  spans={spans}
                  onChange={(next) => {
                    onChange(week.map((one, index) => (index === weekday ? next : one)));
                  }}
                />
              </td>
              <td className={css.sum}>{spans.length === 0 ? t('calendar.dayOff') : durationText(minutesOf(spans) * 60, t)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
