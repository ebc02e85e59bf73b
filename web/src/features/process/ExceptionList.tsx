import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Exception } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './ExceptionList.module.css';
import { subjectOf, useDecide } from './moves';

function Decision({ exception }: { exception: Exception }) {
  const { t } = useTranslation('process');
  const say = useToast();
  const decide = useDecide();
  const [note, setNote] = useState('');
  const send = (granted: boolean) => {
    decide.mutate(
      { id: exception.id, granted, note: note.trim() },
      {
        onSuccess: () => {
          say('ok', t('exception.decided'));
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <div className={css.decide}>
      <Input
        className="grow"
        aria-label={t('exception.note')}
        placeholder={t('exception.note')}
        value={note}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
      <Button type="primary" loading={decide.isPending} onClick={() => { send(true); }}>
        {t('exception.grant')}
      </Button>
      <Button danger disabled={decide.isPending} onClick={() => { send(false); }}>
        {t('exception.refuse')}
      </Button>
    </div>
  );
}

/** Requests to pass a lock, each with what is missing, and the buttons to decide. */
export function ExceptionList({ exceptions, deciding }: { exceptions: Exception[]; deciding?: boolean }) {
  const { t } = useTranslation('process');
  const name = useName();
  return (
    <ul className={css.list}>
      {exceptions.map((exception) => {
        const subject = subjectOf(exception);
        return (
          <li key={exception.id} className={css.item}>
            <div className={css.line}>
              <Link to={recordPath(subject.type, subject.id)} className={css.title}>
                {subject.title}
              </Link>
              <span>{name(exception.from_name)}</span>
              <span aria-hidden="true">→</span>
              <span>{name(exception.to_name)}</span>
              <span className={css.state} data-state={exception.state}>
                {t(`exception.state.${exception.state}`, { defaultValue: exception.state })}
              </span>
            </div>
            <p>{exception.reason}</p>
            <div className="muted">
              {exception.requested_by.name} · {ago(exception.requested_at)}
              {exception.decided_by && ` · ${exception.decided_by.name} ${ago(exception.decided_at)} ${exception.note}`}
            </div>
            {exception.case_id !== null && (
              <div>
                <Link to={`/approvals/${exception.case_id}`}>{t('exception.case')}</Link>
              </div>
            )}
            {exception.state === 'open' && exception.decider && !deciding && (
              <div className="muted">{t('exception.waitsFor', { name: exception.decider.name })}</div>
            )}
            {exception.missing.length > 0 && (
              <div className={css.missing}>
                {t('exception.missingCount', { count: exception.missing.length })}{' '}
                {exception.missing.map((item) => (
                  <span key={item.item}>{name(item.name)}</span>
                ))}
              </div>
            )}
            {deciding && exception.state === 'open' && <Decision exception={exception} />}
          </li>
        );
      })}
    </ul>
  );
}
