import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useToast } from '@/ui/toast';
import css from './ExceptionForm.module.css';
import { useAskException } from './moves';

type Props = { type: string; id: number; toStage: string; onDone: () => void; onCancel: () => void };

/** Asks a superior to let one locked move pass. */
export function ExceptionForm({ type, id, toStage, onDone, onCancel }: Props) {
  const { t } = useTranslation('process');
  const say = useToast();
  const ask = useAskException(type, id);
  const [reason, setReason] = useState('');
  const send = () => {
    ask.mutate(
      { to_stage: toStage, reason: reason.trim() },
      {
        onSuccess: (asked) => {
          say('ok', t(asked.case_id === null ? 'exception.asked' : 'exception.askedByFlow'));
          onDone();
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <section className={css.form} aria-label={t('exception.ask')}>
      <strong>{t('exception.ask')}</strong>
      <p className="muted">{t('exception.why')}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('exception.reason')}
        placeholder={t('exception.reason')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className={css.buttons}>
        <Button size="small" onClick={onCancel}>
          {t('cancel', { ns: 'ui' })}
        </Button>
        <Button size="small" type="primary" disabled={!reason.trim()} loading={ask.isPending} onClick={send}>
          {t('exception.submit')}
        </Button>
      </div>
    </section>
  );
}
