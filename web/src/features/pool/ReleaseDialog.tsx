import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PoolStanding } from '@/api/types';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Pool.module.css';
import { usePutIn, useRelease } from './pools';

type Props = { type: string; id: number; standing: PoolStanding; onClose: () => void; onReleased: () => void };

/** Gives one's own record back with a reason; a manager says in words why somebody's goes into the pool. */
export default function ReleaseDialog({ type, id, standing, onClose, onReleased }: Props) {
  const { t } = useTranslation('pool');
  const name = useName();
  const say = useToast();
  const release = useRelease(type, id);
  const putIn = usePutIn(type, id);
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const isOwn = standing.may_release;
  const needsNote = !isOwn || standing.needs_note;
  const isReady = (!isOwn || reason !== null) && (!needsNote || note.trim() !== '');
  const outcome = {
    onSuccess: () => {
      say('ok', t('released'));
      onReleased();
    },
    onError: (error: unknown) => {
      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
    },
  };
  return (
    <Modal
      open
      title={t(isOwn ? 'release' : 'putIn')}
      okText={t(isOwn ? 'release' : 'putIn')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={release.isPending || putIn.isPending}
      onOk={() => {
        if (!isOwn) putIn.mutate(note, outcome);
        else if (reason !== null) release.mutate({ reason, note }, outcome);
      }}
      onCancel={onClose}
      width={440}
    >
      <div className={css.form}>
        <p className="muted">{t('releaseHint', { pool: name(standing.pool?.name) })}</p>
        {isOwn && (
          <Select
            aria-label={t('whyRelease')}
            placeholder={t('whyRelease')}
            value={reason}
            onChange={setReason}
            options={standing.reasons.map((one) => ({ value: one.key, label: name(one.name) }))}
          />
        )}
        <label>
          {t(needsNote ? 'noteNeeded' : 'note')}
          <Input.TextArea rows={3} maxLength={500} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </label>
      </div>
    </Modal>
  );
}
