import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Exception } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { stageOf, useTypes } from '@/features/records/meta';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './ExceptionList.module.css';
import { StageTag } from './StageTag';
import { useDecide } from './moves';

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
  const types = useTypes();
  return (
    <ul className={css.list}>
      {exceptions.map((exception) => {
        const type = types.find((one) => one.key === exception.record.type);
        return (
          <li key={exception.id} className={css.item}>
            <div className={css.line}>
              <Link to={recordPath(exception.record.type, exception.record.id)} className={css.title}>
                {exception.record.title}
              </Link>
              <StageTag stage={stageOf(type, exception.from_stage)} />
              <span aria-hidden="true">→</span>
              <StageTag stage={stageOf(type, exception.to_stage)} />
              <span className={css.state} data-state={exception.state}>
                {t(`exception.state.${exception.state}`, { defaultValue: exception.state })}
              </span>
            </div>
            <p>{exception.reason}</p>
            <div className="muted">
              {exception.asked_by?.name} · {ago(exception.asked_at)}
              {exception.decided_by && ` · ${exception.decided_by.name} ${ago(exception.decided_at)} ${exception.note}`}
            </div>
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
