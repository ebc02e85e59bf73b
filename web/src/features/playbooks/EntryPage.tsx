import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PlaybookEntry } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { EntryView } from './EntryView';
import css from './playbooks.module.css';
import { useDecide, useEntry, useUses } from './queries';

const EntryEditor = lazy(() => import('./EntryEditor'));
const PushDialog = lazy(() => import('./PushDialog'));

function Uses({ entry }: { entry: PlaybookEntry }) {
  const { t } = useTranslation('playbooks');
  const uses = useUses(entry.id);
  return (
    <section className={css.panel}>
      <h2>{t('figures.title')}</h2>
      <Faces query={uses}>
        {(data) => (
          <>
            <dl className={css.figures}>
              {(['readers', 'times', 'people', 'records', 'moved', 'won', 'helpful', 'unhelpful'] as const).map((key) => (
                <div key={key}>
                  <dt>{t(`figures.${key}`)}</dt>
                  <dd>{data.figures[key]}</dd>
                </div>
              ))}
            </dl>
            <ul className={css.list} style={{ marginTop: 10 }}>
              {data.items.map((use) => (
                <li key={`${use.record.id}:${use.at}`}>
                  <Link to={recordPath(use.record.type, use.record.id)}>{use.record.title}</Link>{' '}
                  <span className="muted">
                    {use.person.name} · {dateTime(use.at)}
                  </span>
                </li>
              ))}
            </ul>
            {data.hidden > 0 && <p className="muted">{t('figures.hidden', { count: data.hidden })}</p>}
          </>
        )}
      </Faces>
    </section>
  );
}

function History({ entry }: { entry: PlaybookEntry }) {
  const { t } = useTranslation('playbooks');
  return (
    <section className={css.panel}>
      <h2>{t('history')}</h2>
      <ul className={css.list}>
        {entry.versions.map((version) => (
          <li key={version.number}>
            <strong>{t('version', { number: version.number })}</strong> <span className="muted">{dateTime(version.published_at)}</span>
            {version.contributors.length > 0 && <div className="muted">{t('contributors', { names: version.contributors.map((one) => one.name).join(t('why.and')) })}</div>}
            {version.note && <div>{version.note}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decisions({ entry, onWrite, onPush }: { entry: PlaybookEntry; onWrite: () => void; onPush: () => void }) {
  const { t } = useTranslation('playbooks');
  const say = useToast();
  const decide = useDecide(entry.id);
  const run = (how: 'publish' | 'drop' | 'archive' | 'restore') => {
    decide.mutate(how, {
      onSuccess: () => { say('ok', t(`did.${how}`)); },
      onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
    });
  };
  return (
    <div className={css.actions}>
      {entry.can.push && <Button type="primary" onClick={onPush}>{t('push.title')}</Button>}
      {entry.can.write && <Button onClick={onWrite}>{t(entry.draft ? 'editDraft' : 'edit')}</Button>}
      {entry.can.publish && <Button type="primary" loading={decide.isPending} onClick={() => { run('publish'); }}>{t('publish')}</Button>}
      {entry.draft && <Button onClick={() => { run('drop'); }}>{t('drop')}</Button>}
      {entry.can.archive && entry.version !== null && (
        <Button onClick={() => { run(entry.state === 'archived' ? 'restore' : 'archive'); }}>{t(entry.state === 'archived' ? 'restore' : 'archive')}</Button>
      )}
    </div>
  );
}

/** One entry: to read, to rate, to push; its figures with the records behind them, its versions. */
export default function EntryPage() {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const { id } = useParams();
  const [params] = useSearchParams();
  const entry = useEntry(Number(id));
  const [open, setOpen] = useState<'write' | 'push' | null>(null);
  const close = () => { setOpen(null); };
  return (
    <Faces query={entry} rows={8}>
      {(data) => (
        <>
          <Link to="/playbooks">← {t('title')}</Link>
          <div className={css.head}>
            <h1>{name(data.title)}</h1>
            {data.draft && <span className={css.tag}>{t('state.proposed')}</span>}
            <span className="grow" />
            <Decisions entry={data} onWrite={() => { setOpen('write'); }} onPush={() => { setOpen('push'); }} />
          </div>
          <div className={css.columns}>
            <div>
              <EntryView entry={data} source={params.has('push') ? 'push' : 'library'} />
              {data.draft && (
                <section className={css.panel}>
                  <h2>{t('proposal', { name: data.draft.drafted_by?.name ?? '' })}</h2>
                  {data.draft.note && <p className="muted">{data.draft.note}</p>}
                  <p className={css.text}>{name(data.draft.content.body)}</p>
                </section>
              )}
            </div>
            <div>
              {data.version !== null && <Uses entry={data} />}
              {data.versions.length > 0 && <History entry={data} />}
            </div>
          </div>
          <Suspense fallback={null}>
            {open === 'write' && <EntryEditor entry={data} onClose={close} />}
            {open === 'push' && <PushDialog entry={data} onClose={close} />}
          </Suspense>
        </>
      )}
    </Faces>
  );
}
