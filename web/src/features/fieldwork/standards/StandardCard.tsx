import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { currentOf, useRetire, type Definition, type Standard, type Standards } from './admin';
import { Says } from './Says';
import { StandardEditor } from './StandardEditor';
import css from './standards.module.css';

/** One standard: what holds, its draft, and all its versions side by side. */
export function StandardCard({ standard, words }: { standard: Standard; words: Standards }) {
  const { t } = useTranslation('followupStandards');
  const name = useName();
  const say = useToast();
  const retire = useRetire(standard);
  const [writing, setWriting] = useState(false);
  const current = currentOf(standard);
  const turn = () => {
    retire.mutate(standard.is_active, {
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <article className={css.card} aria-label={name(standard.name)}>
      <header className={css.head}>
        <h2>{name(standard.name)}</h2>
        {!standard.is_active && <span className={css.off}>{t('retired')}</span>}
        {standard.versions.length === 0 && <span className={css.off}>{t('neverPublished')}</span>}
        {standard.draft && <span className={css.draft}>{t('hasDraft', { by: standard.drafted_by ?? '', at: dateTime(standard.drafted_at) })}</span>}
        <span className={css.buttons}>
          {standard.versions.length > 0 && (
            <Button onClick={turn} loading={retire.isPending}>
              {t(standard.is_active ? 'retire' : 'revive')}
            </Button>
          )}
          <Button disabled={writing} onClick={() => { setWriting(true); }}>
            {t('edit')}
          </Button>
        </span>
      </header>
      {writing ? <StandardEditor key={standard.revision} standard={standard} words={words} onClose={() => { setWriting(false); }} /> : current && <Says definition={current} words={words} />}
      {standard.versions.length > 0 && (
        <details className={css.versions}>
          <summary>{t('versions', { count: standard.versions.length })}</summary>
          <div className={css.sides}>
            {standard.versions.map((version) => (
              <section key={version.number} aria-label={t('version', { count: version.number })}>
                <h3>
                  {t('version', { count: version.number })}
                  {version.is_current && <em>{t('current')}</em>}
                </h3>
                <p className="muted">
                  {dateTime(version.published_at)} {version.published_by ?? t('pack')}
                </p>
                <p className="muted">{t('used', { judged: version.judged, counted: version.counted })}</p>
                <Says definition={version.definition as Definition} words={words} />
              </section>
            ))}
          </div>
        </details>
      )}
    </article>
  );
}
