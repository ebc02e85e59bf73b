import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { date, money } from '@/ui/format';
import css from './forecast.module.css';
import { percent, periodName, useAccuracy, type Accuracy as Proved, type Whose } from './forecast';

type Proof = Proved['periods'][number];

function Off({ told, came }: { told: string | null; came: string }) {
  if (told === null || Number(came) === 0) return <small className="muted">–</small>;
  const off = (Number(told) - Number(came)) / Number(came);
  return <small className="muted">{`${off > 0 ? '+' : off < 0 ? '−' : ''}${percent(Math.abs(off))}`}</small>;
}

function Line({ proof, currency, isQuarter }: { proof: Proof; currency: string; isQuarter: boolean }) {
  const { t } = useTranslation('forecast');
  const full = (amount: string | null) => (amount === null ? '–' : money(Math.round(Number(amount)), currency));
  return (
    <tr>
      <th scope="row">
        {periodName(proof.since, isQuarter)}
        <small className="muted">{t('madeOn', { day: date(proof.day) })}</small>
      </th>
      <td>{full(proof.came)}</td>
      <td>
        {full(proof.expected)} <Off told={proof.expected} came={proof.came} />
        <small className="muted">
          {full(proof.low)} – {full(proof.high)} {t(proof.is_within ? 'within' : 'outside')}
        </small>
      </td>
      <td>
        {full(proof.configured)} <Off told={proof.configured} came={proof.came} />
      </td>
      <td>
        {full(proof.previous)} <Off told={proof.previous} came={proof.came} />
      </td>
    </tr>
  );
}

/** How wrong the forecast was on the same day of earlier periods, beside two plain ways. */
export function Accuracy({ whose }: { whose: Whose }) {
  const { t } = useTranslation('forecast');
  const found = useAccuracy(whose);
  return (
    <section className={css.panel} aria-label={t('accuracy')}>
      <h2>{t('accuracy')}</h2>
      <Faces query={found} rows={5} isEmpty={(data) => data.periods.length === 0} empty={<Empty title={t('noProof')} hint={t('noProofHint')} />}>
        {(data) => (
          <>
            <p className={css.finding} data-reached={data.is_reached ? 'true' : undefined}>{data.finding}</p>
            <p className="muted">{t('proofHow', { within: data.within, count: data.compared })}</p>
            <div className={css.scroll} role="group" aria-label={t('accuracy')} tabIndex={0}>
              <table className={css.table}>
                <thead>
                  <tr>
                    {['period', 'came', 'forecastThen', 'configured', 'previous'].map((key) => (
                      <th key={key} scope="col">{t(key)}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.periods.toReversed().map((proof) => (
                    <Line key={proof.since} proof={proof} currency={data.currency} isQuarter={data.term.kind === 'quarter'} />
                  ))}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">{t('meanError')}</th>
                    <td />
                    {[data.error, data.configured_error, data.previous_error].map((error, place) => (
                      <td key={place}>{error === null ? '–' : `± ${percent(error)}`}</td>
                    ))}
                  </tr>
                </tfoot>
              </table>
            </div>
          </>
        )}
      </Faces>
    </section>
  );
}
