import { Button, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Site } from '@/api/types';
import { CopyButton } from '@/ui/CopyButton';
import { Empty, Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import { RetentionForm } from './RetentionForm';
import css from './Tracking.module.css';
import { useChangeSite, useSites } from './sites';

const SiteSheet = lazy(() => import('./SiteSheet'));

function Card({ site, onEdit }: { site: Site; onEdit: () => void }) {
  const { t } = useTranslation('behaviour');
  const say = useToast();
  const change = useChangeSite(site.key);
  return (
    <article className={css.card} aria-label={site.name}>
      <header className={css.head}>
        <h2>{site.name}</h2>
        <Switch
          aria-label={t('site.active', { name: site.name })}
          checked={site.is_active}
          loading={change.isPending}
          onChange={(on) => {
            change.mutate(
              { is_active: on },
              {
                onError: (error) => {
                  say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                },
              },
            );
          }}
        />
        <Button size="small" aria-label={t('site.edit', { name: site.name })} onClick={onEdit}>
          {t('site.change')}
        </Button>
      </header>
      <ul className={css.origins}>
        {site.origins.map((origin) => (
          <li key={origin}>{origin}</li>
        ))}
      </ul>
      <p className="muted">
        {t(site.asks_consent ? 'site.asks' : 'site.asksNot')} · {t(site.respects_dnt ? 'site.dnt' : 'site.dntNot')}
      </p>
      <h3>{t('snippet.title')}</h3>
      <p className="muted">{t('snippet.hint')}</p>
      <div className={css.snippet}>
        <code>{site.snippet}</code>
        <CopyButton text={site.snippet} />
      </div>
    </article>
  );
}

function Marks() {
  const { t } = useTranslation('behaviour');
  return (
    <section className={css.card} aria-labelledby="marks">
      <h2 id="marks">{t('marks.title')}</h2>
      <dl className={css.marks}>
        {(['topic', 'demo', 'form', 'custom'] as const).map((key) => (
          <div key={key}>
            <dt>
              <code>{t(`marks.${key}.code`)}</code>
            </dt>
            <dd>{t(`marks.${key}.text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The sites whose pages tell what visitors do: their addresses, consent, and what is put into them. */
export function Tracking() {
  const { t } = useTranslation('behaviour');
  const sites = useSites();
  const [opened, setOpened] = useState<Site | 'new' | null>(null);
  return (
    <div className={css.cards}>
      <div className={css.head}>
        <p className={`muted ${css.hint ?? ''}`}>{t('hint')}</p>
        <Button type="primary" onClick={() => { setOpened('new'); }}>
          {t('site.add')}
        </Button>
      </div>
      <Faces query={sites} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('site.none')} hint={t('site.noneHint')} />}>
        {(list) => (
          <div className={css.cards}>
            {list.map((site) => (
              <Card key={site.key} site={site} onEdit={() => { setOpened(site); }} />
            ))}
            <Marks />
          </div>
        )}
      </Faces>
      <RetentionForm />
      <Suspense fallback={null}>{opened && <SiteSheet site={opened === 'new' ? null : opened} onClose={() => { setOpened(null); }} />}</Suspense>
    </div>
  );
}

/** The same as a page of its own, for those who keep the scoring rules and no channels. */
export default function TrackingPage() {
  const { t } = useTranslation('behaviour');
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <Tracking />
    </div>
  );
}
