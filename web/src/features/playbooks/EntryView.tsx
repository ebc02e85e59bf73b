import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaybookEntry } from '@/api/types';
import { fileSize } from '@/ui/format';
import { useName } from '@/ui/names';
import { EntryCard } from './EntryCard';
import css from './playbooks.module.css';
import { useNoteUse, useRate } from './queries';

function Pieces({ entry }: { entry: PlaybookEntry }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  if (entry.pieces.length === 0) return null;
  return (
    <>
      <h2>{t('pieces')}</h2>
      <ul className={css.list}>
        {entry.pieces.map((piece, place) => (
          <li key={place}>
            {piece.file ? (
              <a href={piece.file.url} target="_blank" rel="noreferrer">
                {name(piece.name)} · {fileSize(piece.file.size)}
              </a>
            ) : piece.url ? (
              <a href={piece.url} target="_blank" rel="noreferrer">
                {name(piece.name)}
              </a>
            ) : (
              <strong>{name(piece.name)}</strong>
            )}
            {piece.pages.map((page) => (
              <div key={page.at} className="muted">
                {page.at} · {name(page.title)}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** An entry to read: its text, files and parts, and whether it helped. Opening it is noted. */
export function EntryView({ entry, source }: { entry: PlaybookEntry; source: 'library' | 'push' | 'suggestion' }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const { mutate: note } = useNoteUse();
  const rate = useRate(entry.id);
  const isPublished = entry.state === 'published' || entry.version !== null;
  useEffect(() => {
    if (isPublished) note({ id: entry.id, kind: 'opened', source });
  }, [entry.id, isPublished, note, source]);
  return (
    <section className={css.panel}>
      <div className={css.name}>
        <span className={css.kind}>{name(entry.kind_name)}</span>
        {entry.tags.map((tag) => (
          <span key={`${tag.facet}:${tag.value}`} className={css.tag}>
            {name(tag.name)}
          </span>
        ))}
      </div>
      <p className={css.text}>{name(entry.body)}</p>
      <Pieces entry={entry} />
      {entry.entries.length > 0 && (
        <ul className={css.list} aria-label={t('parts')}>
          {entry.entries.map((row) => (
            <EntryCard key={row.id} row={row} />
          ))}
        </ul>
      )}
      {isPublished && (
        <div className={css.actions} role="group" aria-label={t('rate.title')}>
          {([true, false] as const).map((helpful) => (
            <button key={String(helpful)} type="button" className={css.button} aria-pressed={entry.my_rating === helpful} disabled={rate.isPending} onClick={() => { rate.mutate(helpful); }}>
              {t(helpful ? 'rate.yes' : 'rate.no')}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
