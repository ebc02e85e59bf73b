import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import css from './language.module.css';
import { useQuestions } from './queries';

/** The latest questions exactly as they left, masked, with what they cost. */
export function Questions() {
  const { t } = useTranslation('language');
  const questions = useQuestions();
  return (
    <section className={css.panel}>
      <h2>{t('log')}</h2>
      <Faces query={questions}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('logEmpty')} hint={t('logHint')} />
          ) : (
            data.items.map((one) => (
              <details key={one.id} className={css.question}>
                <summary>
                  {dateTime(one.at)} · {one.person?.name ?? '–'} · {t(`purpose.${one.purpose}`, { defaultValue: one.purpose })} · {t(`outcome.${one.outcome}`)} · {t('cost', { into: one.tokens_in, out: one.tokens_out, ms: one.took_ms })}
                </summary>
                <p className={css.asked}>{one.asked}</p>
                <p>{one.answered || one.error}</p>
              </details>
            ))
          )
        }
      </Faces>
    </section>
  );
}
