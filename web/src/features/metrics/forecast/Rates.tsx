import { useTranslation } from 'react-i18next';
import { money, number } from '@/ui/format';
import css from './forecast.module.css';
import { percent, type Behind, type Forecast } from './forecast';

type Props = { forecast: Forecast; onOpen: (title: string, behind: Behind) => void };

/** What each stage's deals bring and by which rate; what changes a rate, and by how much. */
export function Rates({ forecast, onOpen }: Props) {
  const { t } = useTranslation('forecast');
  const full = (amount: string) => money(Math.round(Number(amount)), forecast.currency);
  return (
    <section className={css.panel} aria-label={t('rates')}>
      <h2>{t('rates')}</h2>
      <p className="muted">{t('ratesHow', { days: Math.ceil(forecast.term.left) })}</p>
      <div className={css.scroll} role="group" aria-label={t('rates')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              {['stage', 'openDeals', 'amount', 'rate', 'seen', 'figure.open'].map((key) => (
                <th key={key} scope="col">{t(key)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {forecast.stages.map((stage) => (
              <tr key={stage.stage}>
                <th scope="row">{stage.name}</th>
                <td>
                  <button type="button" className={css.amount} disabled={stage.deals === 0} aria-label={`${stage.name} · ${t('openDeals')} ${String(stage.deals)}`} onClick={() => { onOpen(stage.name, { which: 'open', stage: stage.stage }); }}>
                    {number(stage.deals)}
                  </button>
                </td>
                <td>{full(stage.amount)}</td>
                <td>{percent(stage.rate)}</td>
                <td>{t('seenOf', { wins: number(stage.wins), looks: number(stage.looks), deals: number(stage.seen) })}</td>
                <td>{full(stage.expected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {forecast.factors.length > 0 && (
        <ul className={css.factors}>
          {forecast.factors.map((factor) => (
            <li key={factor.key}>
              <span>{factor.name}</span>
              <strong>× {factor.taken.toFixed(2)}</strong>
              <small className="muted">{t('factorOf', { wins: number(factor.wins), expected: number(Math.round(factor.expected)) })}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
