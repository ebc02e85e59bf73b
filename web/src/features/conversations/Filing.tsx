import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { ConversationRow, ReadingFact } from '@/api/types';
import { useType } from '@/features/records/meta';
import { useSearch } from '@/features/records/search';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useFile } from './conversations';
import css from './conversations.module.css';

type Props = { row: ConversationRow; facts?: ReadingFact[]; others?: boolean; children?: ReactNode };
const SUBJECTS = ['customer', 'lead', 'deal'];

/** The records that it may belong to, each with how sure and why; one tap files it. Others are searched by name. */
export function Filing({ row, facts, others = false, children }: Props) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const file = useFile(row.id);
  const [searching, setSearching] = useState(others);
  const [text, setText] = useState('');
  const hits = useSearch(searching ? text : '', undefined, 12).data ?? [];
  const put = (record_id: number, title: string) => {
    file.mutate(
      { record_id, facts },
      {
        onSuccess: () => { say('ok', t('filedTo', { title })); },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); },
      },
    );
  };
  return (
    <div className={css.list}>
      <div className={css.buttons}>
        {row.candidates.map((one) => (
          <button key={one.record.id} type="button" className={css.candidate} disabled={file.isPending} onClick={() => { put(one.record.id, one.record.title); }}>
            <span>{t('fileTo', { title: one.record.title })}</span>
            <small>
              {t('sure', { percent: Math.round(one.confidence * 100) })} · {one.why.map((why) => why.text).join('、')}
            </small>
          </button>
        ))}
        {!searching && (
          <button type="button" className={css.button} onClick={() => { setSearching(true); }}>
            {t('another')}
          </button>
        )}
        {children}
      </div>
      {searching && (
        <>
          <input className={css.input} type="search" aria-label={t('search')} placeholder={t('search')} value={text} onChange={(event) => { setText(event.target.value); }} />
          <div className={css.buttons}>
            {hits
              .filter((hit) => SUBJECTS.includes(hit.type))
              .map((hit) => (
                <Hit key={hit.id} type={hit.type} title={hit.title} disabled={file.isPending} onPick={() => { put(hit.id, hit.title); }} />
              ))}
          </div>
        </>
      )}
    </div>
  );
}

function Hit({ type, title, disabled, onPick }: { type: string; title: string; disabled: boolean; onPick: () => void }) {
  const name = useName();
  const meta = useType(type);
  return (
    <button type="button" className={css.candidate} disabled={disabled} onClick={onPick}>
      <span>{title}</span>
      <small>{name(meta?.name)}</small>
    </button>
  );
}
