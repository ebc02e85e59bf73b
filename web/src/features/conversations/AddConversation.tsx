import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Conversation } from '@/api/types';
import { usePurposeNotice } from '@/features/privacy/usePurposeNotice';
import { useToast } from '@/ui/toast';
import { useAdd, useSend, type Sent } from './conversations';
import css from './conversations.module.css';
import { Recorder } from './Recorder';

type Choice = { key: 'recording' | 'screenshot' | 'document'; kind: Sent['kind']; accept: string; purpose: string };
const CHOICES: Choice[] = [
  { key: 'recording', kind: 'call', accept: 'audio/*,video/mp4,video/webm,.amr,.m4a', purpose: 'recordings' },
  { key: 'screenshot', kind: 'chat', accept: 'image/png,image/jpeg,image/webp', purpose: 'chats' },
  { key: 'document', kind: 'minutes', accept: '.txt,.md,.pdf,.docx', purpose: '' },
];

/** Pasting minutes, or sending a recording, a screenshot or a document; then it is opened. */
export function AddConversation({ recordId }: { recordId?: number }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const open = useNavigate();
  const notice = usePurposeNotice();
  const picker = useRef<HTMLInputElement>(null);
  const chosen = useRef<Choice | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [kept, setKept] = useState<File | null>(null);
  const ownCopy = useMemo(() => (kept ? URL.createObjectURL(kept) : undefined), [kept]);
  const [pasting, setPasting] = useState(false);
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const send = useSend(setShare);
  const add = useAdd();
  const done = (made: Conversation) => {
    void open(`/conversations/${String(made.id)}`);
  };
  const failed = (error: unknown) => {
    setShare(null);
    say('bad', problemOf(error)?.message ?? t('failed'));
  };
  const pick = async (choice: Choice) => {
    if (choice.purpose && !(await notice.ask(choice.purpose))) return;
    chosen.current = choice;
    if (!picker.current) return;
    picker.current.accept = choice.accept;
    picker.current.click();
  };
  const take = (file: File | undefined) => {
    if (!file || !chosen.current) return;
    setShare(0);
    send.mutate({ file, kind: chosen.current.kind, record_id: recordId }, { onSuccess: done, onError: failed });
  };
  const record = (file: File) => {
    setShare(0);
    setKept(file);
    send.mutate({ file, kind: 'voice', record_id: recordId }, { onSuccess: done, onError: failed });
  };
  return (
    <div className={css.add}>
      {notice.notice}
      <div className={css.buttons}>
        <button type="button" className={css.primary} aria-expanded={pasting} onClick={() => { setPasting(!pasting); }}>
          {t('add.paste')}
        </button>
        {CHOICES.map((choice) => (
          <button key={choice.key} type="button" className={css.button} disabled={share !== null} onClick={() => { void pick(choice); }}>
            {t(`add.${choice.key}`)}
          </button>
        ))}
        <Recorder disabled={share !== null} ask={() => notice.ask('recordings')} onRecorded={record} />
        {kept && share === null && (
          <span className={css.recording} role="status">
            {t('record.kept', { name: kept.name })}
            <button type="button" className={css.primary} onClick={() => { record(kept); }}>
              {t('record.again')}
            </button>
            <a className={css.button} href={ownCopy} download={kept.name}>
              {t('record.save')}
            </a>
          </span>
        )}
        {share !== null && <span role="status">{t('add.sending', { percent: Math.round(share * 100) })}</span>}
        <input ref={picker} type="file" hidden aria-label={t('add.file')} onChange={(event) => { take(event.target.files?.[0]); event.target.value = ''; }} />
      </div>
      {pasting && (
        <form
          className={css.part}
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ kind: 'minutes', title, text, record_id: recordId ?? null, phone: '', as_document: true }, { onSuccess: done, onError: failed });
          }}
        >
          <label className={css.field}>
            {t('add.title')}
            <input className={css.input} value={title} maxLength={200} onChange={(event) => { setTitle(event.target.value); }} />
          </label>
          <label className={css.field}>
            {t('add.text')}
            <textarea className={css.text} value={text} maxLength={20000} placeholder={t('add.textHint')} onChange={(event) => { setText(event.target.value); }} />
          </label>
          <div className={css.buttons}>
            <button type="submit" className={css.primary} disabled={!text.trim() || add.isPending}>
              {t('add.save')}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
