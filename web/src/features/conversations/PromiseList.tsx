import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PromiseFound } from '@/api/types';
import { usePeople } from '@/features/org/people';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { useConfirm, useDecline } from './conversations';
import css from './conversations.module.css';

/** The local time of a moment as an input takes it. */
function forInput(moment: string | null): string {
  if (!moment) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function Owner({ onChange }: { onChange: (id: number | null) => void }) {
  const { t } = useTranslation('conversations');
  const [text, setText] = useState('');
  const people = usePeople(text).data ?? [];
  const named = people.find((one) => one.name === text.trim());
  return (
    <label className={css.field}>
      {t('promise.owner')}
      <input
        className={css.input}
        list="promise-owners"
        placeholder={t('promise.me')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(people.find((one) => one.name === event.target.value.trim())?.id ?? null);
        }}
        aria-invalid={Boolean(text) && !named}
      />
      <datalist id="promise-owners">
        {people.map((one) => (
          <option key={one.id} value={one.name} />
        ))}
      </datalist>
    </label>
  );
}

function One({ promise }: { promise: PromiseFound }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const [changing, setChanging] = useState(false);
  const [title, setTitle] = useState(promise.what);
  const [due, setDue] = useState(forInput(promise.due_at));
  const [owner, setOwner] = useState<number | null>(null);
  const confirm = useConfirm(promise.id);
  const decline = useDecline(promise.id);
  const busy = confirm.isPending || decline.isPending;
  const failed = (error: unknown) => { say('bad', problemOf(error)?.message ?? t('failed')); };
  return (
    <li className={css.promise} data-theirs={!promise.is_ours} data-state={promise.state}>
      <p className={css.facts}>
        <span className={css.mark}>{t(promise.is_ours ? 'promise.ours' : 'promise.theirs')}</span>
        {promise.speaker && <span>{promise.speaker}</span>}
        <span>{promise.due_at ? t('promise.due', { at: dateTime(promise.due_at), said: promise.due_said }) : t('promise.noDue')}</span>
      </p>
      <p>{promise.sentence}</p>
      {promise.state === 'proposed' && changing && (
        <>
          <label className={css.field}>
            {t('promise.what')}
            <input className={css.input} value={title} maxLength={200} onChange={(event) => { setTitle(event.target.value); }} />
          </label>
          <div className={css.grid}>
            <label className={css.field}>
              {t('promise.dueAt')}
              <input className={css.input} type="datetime-local" value={due} onChange={(event) => { setDue(event.target.value); }} />
            </label>
            <Owner onChange={setOwner} />
          </div>
        </>
      )}
      {promise.state === 'proposed' && (
        <div className={css.buttons}>
          <button
            type="button"
            className={css.primary}
            disabled={busy || !title.trim()}
            aria-label={t('promise.confirmOne', { what: promise.what })}
            onClick={() => {
              confirm.mutate(
                { title, owner_id: owner, due_at: due ? new Date(due).toISOString() : null },
                { onSuccess: () => { say('ok', t('promise.confirmed')); }, onError: failed },
              );
            }}
          >
            {t('promise.confirm')}
          </button>
          <button type="button" className={css.button} aria-expanded={changing} onClick={() => { setChanging(!changing); }}>
            {t('promise.change')}
          </button>
          <button type="button" className={css.button} disabled={busy} aria-label={t('promise.declineOne', { what: promise.what })} onClick={() => { decline.mutate(undefined, { onError: failed }); }}>
            {t('promise.decline')}
          </button>
        </div>
      )}
      {promise.state === 'confirmed' && promise.task_id !== null && <Link to={`/tasks/${String(promise.task_id)}`}>{t('promise.task')}</Link>}
      {promise.state === 'declined' && <span className="muted">{t('promise.declined')}</span>}
    </li>
  );
}

/** The promises that were found, each with the sentence it came from; one click makes a task. */
export function PromiseList({ promises }: { promises: PromiseFound[] }) {
  const { t } = useTranslation('conversations');
  return (
    <section className={css.part} aria-labelledby="promises">
      <h2 id="promises">{t('promise.title')}</h2>
      {promises.length === 0 ? (
        <p className="muted">{t('promise.none')}</p>
      ) : (
        <ul className={css.list}>
          {promises.map((one) => (
            <One key={one.id} promise={one} />
          ))}
        </ul>
      )}
    </section>
  );
}
