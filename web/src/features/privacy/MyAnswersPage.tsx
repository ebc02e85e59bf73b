import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { Faces } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './privacy.module.css';
import { useAnswer, usePurposes } from './purposes';

/** What one agreed to, and where one changes one's mind; the same on phones. */
export default function MyAnswersPage({ via = 'screen' }: { via?: 'screen' | 'phone' }) {
  const { t } = useTranslation('privacy');
  const name = useName();
  const say = useToast();
  const purposes = usePurposes();
  const send = useAnswer(via);
  return (
    <div className={css.page}>
      <h1>{t('mine.title')}</h1>
      <p className="muted">{t('mine.hint')}</p>
      <Faces query={purposes} rows={8}>
        {(rows) => (
          <>
            {rows.map((row) => (
              <section key={row.key} className={css.card} aria-label={name(row.name)}>
                <header className={css.head}>
                  <h2>{name(row.name)}</h2>
                  <span className={css.state} data-state={row.mine ?? 'silent'}>
                    {t(`mine.${row.mine ?? 'silent'}`)}
                    {row.answered_at && ` · ${dayOf(row.answered_at)}`}
                  </span>
                </header>
                <p>{name(row.text)}</p>
                <div className={css.line}>
                  {([true, false] as const).map((agreed) => (
                    <button
                      key={String(agreed)}
                      type="button"
                      className={css.choice}
                      aria-pressed={row.mine === (agreed ? 'agreed' : 'declined')}
                      disabled={send.isPending}
                      onClick={() => {
                        send.mutate(
                          { purpose: row, agreed },
                          {
                            onError: (error) => {
                              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                            },
                          },
                        );
                      }}
                    >
                      {t(agreed ? 'mine.agree' : 'mine.decline')}
                    </button>
                  ))}
                </div>
              </section>
            ))}
          </>
        )}
      </Faces>
    </div>
  );
}
