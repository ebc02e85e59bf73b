import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { ClockLines } from './ClockLines';
import { PeriodChooser } from './PeriodChooser';
import css from './Punctuality.module.css';
import { usePunctualClocks, usePunctuality } from './clocks';
import { percent } from './dealPace';
import { before, chosen, today, type Span } from './periods';

const outcomes = ['due', 'met', 'missed'] as const;
type Figure = Span & { policy: string; outcome: (typeof outcomes)[number]; under?: number };
const days = ({ from, to }: Span) => `${date(from)} – ${date(to)}`;

/** The clocks behind one figure. */
function Behind({ figure, title, onClose }: { figure: Figure; title: string; onClose: () => void }) {
  const { t } = useTranslation('ui');
  const found = usePunctualClocks(figure);
  return (
    <Sheet size={640} title={title} onClose={onClose}>
      <Faces query={found} rows={8}>
        {(data) => <ClockLines clocks={data.pages.flatMap((page) => page.items)} />}
      </Faces>
      {found.hasNextPage && (
        <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </Sheet>
  );
}

/** The share that was met, beside that of the period before. */
function Rate({ rate, earlier }: { rate: number; earlier: number | undefined }) {
  const { t } = useTranslation('supervision');
  const way = earlier === undefined || rate === earlier ? 'same' : rate > earlier ? 'up' : 'down';
  return (
    <>
      {percent(rate)}
      {earlier !== undefined && (
        <small className={css.earlier} data-way={way}>
          {t(`punctuality.way.${way}`, { rate: percent(earlier) })}
        </small>
      )}
    </>
  );
}

/** By rule: what fell due in a period, what was met and missed; every figure opens its clocks. */
export function Punctuality({ under }: { under: number | undefined }) {
  const { t } = useTranslation('supervision');
  const name = useName();
  const { period, span } = chosen(useAddress().get, today());
  const earlier = before(period, span);
  const rows = usePunctuality({ ...span, under });
  const rates = new Map(usePunctuality({ ...earlier, under }).data?.map((row) => [row.key, row.rate]));
  const [shown, setShown] = useState<{ figure: Figure; title: string } | null>(null);
  return (
    <section className={css.panel} aria-labelledby="punctuality">
      <div className={css.head}>
        <h2 id="punctuality">{t('punctuality.title')}</h2>
        <PeriodChooser period={period} span={span} />
      </div>
      <p className="muted">
        {t('punctuality.days', { span: days(span), earlier: days(earlier) })} {t('punctuality.hint')}
      </p>
      <Faces query={rows} rows={4} isEmpty={(list) => list.length === 0} empty={<p className="muted">{t('punctuality.none')}</p>}>
        {(list) => (
          <div className={css.scroll} role="group" aria-label={t('punctuality.title')} tabIndex={0}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t('supervision.policy')}</th>
                  {outcomes.map((outcome) => (
                    <th key={outcome} scope="col">
                      {t(`punctuality.${outcome}`)}
                    </th>
                  ))}
                  <th scope="col">{t('punctuality.rate')}</th>
                </tr>
              </thead>
              <tbody>
                {list.map((row) => (
                  <tr key={row.key}>
                    <th scope="row">{name(row.policy)}</th>
                    {outcomes.map((outcome) => (
                      <td key={outcome}>
                        <button
                          type="button"
                          className={css.figure}
                          disabled={row[outcome] === 0}
                          aria-label={`${name(row.policy)} ${t(`punctuality.${outcome}`)} ${row[outcome]}`}
                          onClick={() => {
                            setShown({ figure: { policy: row.key, outcome, under, ...span }, title: `${name(row.policy)} · ${t(`punctuality.${outcome}`)}` });
                          }}
                        >
                          {row[outcome]}
                        </button>
                      </td>
                    ))}
                    <td>
                      <Rate rate={row.rate} earlier={rates.get(row.key)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Faces>
      {shown && <Behind {...shown} onClose={() => { setShown(null); }} />}
    </section>
  );
}
