import { Button } from 'antd';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Ref } from '@/api/types';
import { usePeople } from '@/features/org/people';
import { useToast } from '@/ui/toast';
import css from './Comments.module.css';
import { useAddComment } from './discussion';
import { mentionAt, withMention } from './mentions';

/** Writes a comment; an @ offers people. */
export function CommentBox({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('records');
  const say = useToast();
  const add = useAddComment(type, id);
  const box = useRef<HTMLTextAreaElement>(null);
  const caretAfterPick = useRef<number | null>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [named, setNamed] = useState<Ref[]>([]);
  const [at, setAt] = useState(0);
  const asked = mentionAt(text, caret);
  const people = usePeople(asked ?? '', asked !== null);
  const offered = asked === null ? [] : (people.data ?? []).slice(0, 6);

  useLayoutEffect(() => {
    const at = caretAfterPick.current;
    if (at === null) return;
    caretAfterPick.current = null;
    box.current?.focus();
    box.current?.setSelectionRange(at, at);
  }, [text]);
  const pick = (person: Ref) => {
    const next = withMention(text, caret, person.name);
    setText(next.text);
    setCaret(next.caret);
    setNamed([...named, person]);
    caretAfterPick.current = next.caret;
  };
  const send = () => {
    const mentions = [...new Set(named.filter((person) => text.includes(`@${person.name}`)).map((person) => person.id))];
    add.mutate(
      { text: text.trim(), mentions },
      {
        onSuccess: () => {
          setText('');
          setNamed([]);
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && text.trim()) send();
    if (offered.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const person = offered[at];
    if (step) {
      event.preventDefault();
      setAt((at + step + offered.length) % offered.length);
    } else if (event.key === 'Enter' && person) {
      event.preventDefault();
      pick(person);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setCaret(0);
    }
  };
  return (
    <div className={css.box}>
      <textarea
        ref={box}
        className={css.input}
        aria-label={t('write')}
        placeholder={t('writeHint')}
        rows={2}
        value={text}
        onKeyDown={onKey}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
        }}
      />
      {offered.length > 0 && (
        <ul className={css.people} role="listbox" aria-label={t('mention')}>
          {offered.map((person, index) => (
            <li
              key={person.id}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(person);
              }}
            >
              {person.name}
            </li>
          ))}
        </ul>
      )}
      {text.trim() && (
        <Button type="primary" size="small" loading={add.isPending} onClick={send} className={css.send}>
          {t('send')}
        </Button>
      )}
    </div>
  );
}
