import { useTranslation } from 'react-i18next';
import { date, money, number, shortMoney } from '@/ui/format';
import css from './forecast.module.css';
import { percent, places, type Behind, type Forecast } from './forecast';

type Props = { forecast: Forecast; onOpen: (title: string, behind: Behind) => void };

/** Won, open and not yet begun on one bar, with the interval and what is expected. */
function Range({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('forecast');
  const at = places(forecast);
  const short = (amount: string) => shortMoney(amount, forecast.currency);
  return (
    <div className={css.range} role="img" aria-label={t('rangeOf', { total: short(forecast.total), low: short(forecast.low), high: short(forecast.high) })}>
      <div className={css.track}>
        <i className={css.won} style={{ width: `${at.won}%` }} />
        <i className={css.open} style={{ width: `${at.open}%` }} />
        <i className={css.new} style={{ width: `${at.new}%` }} />
      </div>
      <div className={css.whisker} style={{ left: `${at.low}%`, width: `${at.high - at.low}%` }} />
    </div>
  );
}

/** The figures of the forecast, each opening its deals. */
export function Summary({ forecast, onOpen }: Props) {
  const { t } = useTranslation('forecast');
  const { term, currency } = forecast;
  const full = (amount: string) => money(Math.round(Number(amount)), currency);
  const figures: { key: Behind['which']; amount: string; count?: number }[] = [
    { key: 'won', amount: forecast.won, count: forecast.won_deals },
    { key: 'open', amount: forecast.open, count: forecast.open_deals },
    { key: 'commit', amount: forecast.commit },
    { key: 'best', amount: forecast.best },
  ];
  return (
    <section className={css.panel} aria-label={t('summary')}>
      <p className="muted">{t('term', { since: date(term.since), until: date(term.until), left: Math.ceil(term.left), days: term.days })}</p>
      <div className={css.headline}>
        <strong className={css.total}>{full(forecast.total)}</strong>
        <span>{t('interval', { low: full(forecast.low), high: full(forecast.high) })}</span>
      </div>
      <Range forecast={forecast} />
      {forecast.target && (
        <p>
          {t('target', {
            amount: full(forecast.target.amount),
            done: percent(forecast.target.done),
            expected: percent(forecast.target.expected),
          })}
          {forecast.target.pace !== null && ` ${t('targetPace', { pace: percent(forecast.target.pace) })}`}
        </p>
      )}
      <dl className={css.figures}>
        {figures.map(({ key, amount, count }) => (
          <div key={key}>
            <dt>
              {key !== 'commit' && key !== 'best' && <i className={css[key]} aria-hidden="true" />}
              {t(`figure.${key}`)}
            </dt>
            <dd>
              <button type="button" className={css.amount} onClick={() => { onOpen(t(`figure.${key}`), { which: key }); }}>
                {full(amount)}
              </button>
              <small className="muted">{count === undefined ? t(`figure.${key}Why`) : t('deals', { count })}</small>
            </dd>
          </div>
        ))}
        <div>
          <dt>
            <i className={css.new} aria-hidden="true" />
            {t('figure.new')}
          </dt>
          <dd>
            <span className={css.plain}>{full(forecast.newcomers.amount)}</span>
            <small className="muted">{t('figure.newWhy', { count: forecast.newcomers.looks })}</small>
          </dd>
        </div>
      </dl>
      <ul className={css.notes}>
        {!forecast.is_learnt && <li>{t('notLearnt')}</li>}
        {forecast.is_cut && <li>{t('cut')}</li>}
        {forecast.without_amount > 0 && <li>{t('withoutAmount', { count: forecast.without_amount })}</li>}
        {forecast.other_currencies.length > 0 && <li>{t('otherCurrencies', { currencies: forecast.other_currencies.join(', '), currency })}</li>}
        <li>{t('how', { learnt: number(forecast.learnt_from), spread: percent(forecast.shared_spread) })}</li>
      </ul>
    </section>
  );
}
