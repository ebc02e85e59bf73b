import { useTranslation } from 'react-i18next';
import css from '@/features/nurture/Nurture.module.css';
import { NurtureTabs } from '@/features/nurture/NurtureTabs';
import { useSettings } from '@/features/nurture/sending';
import { CopyButton } from '@/ui/CopyButton';
import { Faces } from '@/ui/faces';
import { RulesForm } from './RulesForm';

/** How often and when people may be written to, by channel. */
export default function RulesPage() {
  const { t } = useTranslation('nurture');
  const settings = useSettings();
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="rules" />
      </div>
      <Faces query={settings} rows={10}>
        {(data) => (
          <>
            <p className="muted">{t('rules.hint')}</p>
            <RulesForm settings={data} />
            {data.replies.length > 0 && (
              <section className={css.card} aria-label={t('rules.replies')}>
                <h2>{t('rules.replies')}</h2>
                <p className="muted">{t('rules.repliesHint')}</p>
                <ul className={css.rows}>
                  {data.replies.map((reply) => (
                    <li key={reply.provider}>
                      <strong>{t(`rules.providers.${reply.provider}`)}</strong>
                      <code className="grow clip">{reply.url}</code>
                      <CopyButton text={reply.url} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Faces>
    </div>
  );
}
