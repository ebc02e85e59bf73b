import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { EntryCard } from '@/features/playbooks/EntryCard';
import { EntryView } from '@/features/playbooks/EntryView';
import { Pushed } from '@/features/playbooks/Pushed';
import pages from '@/features/playbooks/playbooks.module.css';
import { useEntry, usePlaybooks } from '@/features/playbooks/queries';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './phone.module.css';

/** One entry, as a notice or the list opens it. */
export function PhonePlaybook() {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const { id } = useParams();
  const [params] = useSearchParams();
  const entry = useEntry(Number(id));
  return (
    <Faces query={entry}>
      {(data) => (
        <>
          <Link to="/playbooks" className={css.back}>
            ← {t('title')}
          </Link>
          <h1 className={css.title}>{name(data.title)}</h1>
          <EntryView entry={data} source={params.has('push') ? 'push' : 'library'} />
        </>
      )}
    </Faces>
  );
}

/** The library on a phone: search as one types, else what was pushed. */
export default function PhonePlaybooks() {
  const { t } = useTranslation('playbooks');
  const address = useAddress();
  const q = useRested(address.get('q'), 300);
  const entries = usePlaybooks({ q, kind: '', tags: [], state: 'published' });
  return (
    <>
      <h1 className={css.title}>{t('title')}</h1>
      <input type="search" className={pages.write} style={{ minHeight: 44 }} aria-label={t('search')} placeholder={t('searchHint')} value={address.get('q')} maxLength={500} onChange={(event) => { address.set({ q: event.target.value }, true); }} />
      {!q && (
        <details>
          <summary>{t('tabs.pushed')}</summary>
          <Pushed isSent={false} />
        </details>
      )}
      <Faces query={entries} rows={6}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          return rows.length === 0 ? (
            <Empty title={t('nothing')} hint={t('nothingHint')} />
          ) : (
            <ul className={pages.list} aria-label={t('title')}>
              {rows.map((row) => (
                <EntryCard key={row.id} row={row} />
              ))}
            </ul>
          );
        }}
      </Faces>
    </>
  );
}
