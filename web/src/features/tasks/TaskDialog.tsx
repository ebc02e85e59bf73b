import { DatePicker, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Ref } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useToast } from '@/ui/toast';
import css from './tasks.module.css';
import { useCreateTask } from './queries';

type Props = { record?: { id: number; title: string }; owner?: Ref | null; onClose: () => void };

/** Asks somebody, or oneself, to do something by a day. */
export default function TaskDialog({ record, owner, onClose }: Props) {
  const { t } = useTranslation('tasks');
  const say = useToast();
  const me = useMe();
  const create = useCreateTask();
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const [taker, setTaker] = useState<Ref | null>(owner ?? me);
  const [due, setDue] = useState<Dayjs | null>(() => dayjs().add(1, 'day').hour(18).minute(0).second(0).millisecond(0));
  const errors = problemOf(create.error)?.errors ?? [];
  const send = () => {
    create.mutate(
      { title: title.trim(), note, owner_id: taker?.id ?? null, due_at: due?.toISOString() ?? null, record_id: record?.id ?? null },
      {
        onSuccess: () => {
          say('ok', t('asked'));
          onClose();
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal
      open
      title={record ? t('addFor', { title: record.title }) : t('add')}
      okText={t('create')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !title.trim() }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
      width={480}
    >
      <div className={css.form}>
        <label>
          {t('what')}
          <Input autoFocus maxLength={200} value={title} onChange={(event) => { setTitle(event.target.value); }} />
        </label>
        <div className={css.field}>
          {t('owner')}
          <PersonPicker label={t('owner')} allowClear={false} value={taker?.id} known={taker} onChange={(_id, person) => { setTaker(person); }} />
        </div>
        <div className={css.field}>
          {t('due')}
          <DatePicker aria-label={t('due')} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={due} onChange={setDue} />
        </div>
        <label>
          {t('note')}
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </label>
        {errors.map((one) => (
          <p key={one.field} role="alert">
            {one.message}
          </p>
        ))}
      </div>
    </Modal>
  );
}
