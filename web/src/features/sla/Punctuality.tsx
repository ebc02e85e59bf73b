import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { ClockLines } from './ClockLines';
import css from './Punctuality.module.css';
import { usePunctualClocks, usePunctuality } from './clocks';

const outcomes = ['due', 'met', 'missed'] as const;
type Figure = { policy: string; outcome: (typeof outcomes)[number]; under?: number };

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

/** By rule: what fell due in the last 30 days, what was met and missed; every figure opens its clocks. */
export function Punctuality({ under }: { under: number | undefined }) {
  const { t } = useTranslation('supervision');
  const name = useName();
  const rows = usePunctuality(under);
  const [shown, setShown] = useState<{ figure: Figure; title: string } | null>(null);
  return (
    <section className={css.panel} aria-labelledby="punctuality">
      <h2 id="punctuality">{t('punctuality.title')}</h2>
      <p className="muted">{t('punctuality.hint')}</p>
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
                            setShown({ figure: { policy: row.key, outcome, under }, title: `${name(row.policy)} · ${t(`punctuality.${outcome}`)}` });
                          }}
                        >
                          {row[outcome]}
                        </button>
                      </td>
                    ))}
                    <td>{(row.rate * 100).toFixed(1)} %</td>
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
