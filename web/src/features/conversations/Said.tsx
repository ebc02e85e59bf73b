import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Conversation } from '@/api/types';
import { useToast } from '@/ui/toast';
import { useChangeText, useReadAgain } from './conversations';
import css from './conversations.module.css';

type Piece = { text: string; promise?: number };

/** A text cut where promises stand in it. */
export function piecesOf(text: string, promises: Conversation['promises']): Piece[] {
  const characters = Array.from(text);
  const pieces: Piece[] = [];
  let place = 0;
  for (const one of promises) {
    if (one.start < place || one.state === 'declined') continue;
    pieces.push({ text: characters.slice(place, one.start).join('') }, { text: characters.slice(one.start, one.end).join(''), promise: one.id });
    place = one.end;
  }
  return [...pieces, { text: characters.slice(place).join('') }].filter((piece) => piece.text);
}

/** What was said: the picture or the player, and the text beside it, to be corrected. */
export function Said({ one }: { one: Conversation }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const change = useChangeText(one);
  const again = useReadAgain();
  const [draft, setDraft] = useState<string | null>(null);
  const isReading = one.reading_state === 'waiting' || one.reading_state === 'reading';
  const write = draft !== null || (one.is_draft && !isReading);
  const text = draft ?? one.text;
  const save = () => {
    change.mutate(
      { text },
      {
        onSuccess: () => { setDraft(null); say('ok', t('saved')); },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); },
      },
    );
  };
  return (
    <section className={css.part} aria-labelledby="said">
      <h2 id="said">{t(`textOf.${one.kind}`)}</h2>
      {one.file?.format === 'image' && (
        <a className={css.picture} href={one.file.url} target="_blank" rel="noreferrer">
          <img src={one.file.url} alt={one.file.name} />
        </a>
      )}
      {(one.file?.format === 'audio' || one.file?.format === 'video') && <audio className={css.player} controls preload="none" src={one.file.url} aria-label={one.file.name} />}
      {one.file && !['image', 'audio', 'video'].includes(one.file.format) && (
        <a href={one.file.url} target="_blank" rel="noreferrer">
          {one.file.name}
        </a>
      )}
      {isReading && <p role="status">{t('reading')}</p>}
      {one.problem && (
        <div className={css.problem}>
          <p>{one.problem}</p>
          {one.reading && one.reading_state === 'failed' && (
            <button type="button" className={css.button} disabled={again.isPending} onClick={() => { again.mutate(one.reading?.id ?? 0); }}>
              {t('readAgain')}
            </button>
          )}
        </div>
      )}
      {write ? (
        <>
          <label className={css.field}>
            <span className="muted">{one.is_draft ? t('draftHint') : t('text')}</span>
            <textarea className={css.text} aria-label={t('text')} value={text} onChange={(event) => { setDraft(event.target.value); }} />
          </label>
          <div className={css.buttons}>
            <button type="button" className={css.primary} disabled={change.isPending} onClick={save}>
              {t(one.is_draft ? 'confirmText' : 'save')}
            </button>
            {draft !== null && (
              <button type="button" className={css.button} onClick={() => { setDraft(null); }}>
                {t('cancel', { ns: 'ui' })}
              </button>
            )}
          </div>
        </>
      ) : (
        !isReading && (
          <>
            {one.text && (
              <p className={css.said}>{piecesOf(one.text, one.promises).map((piece, place) => (piece.promise ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>))}</p>
            )}
            <div className={css.buttons}>
              <button type="button" className={css.button} onClick={() => { setDraft(one.text); }}>
                {t(one.text ? 'edit' : 'writeText')}
              </button>
            </div>
          </>
        )
      )}
    </section>
  );
}
