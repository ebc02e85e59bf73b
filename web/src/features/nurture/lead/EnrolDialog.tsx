import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useEnrol } from '@/features/nurture/enrolments';
import css from '@/features/nurture/Nurture.module.css';
import { usePaths } from '@/features/nurture/paths';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';

/** Starts a path for the ticked records; those who cannot are named with the reason. */
export default function EnrolDialog({ ids, onClose, onDone }: { ids: number[]; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const say = useToast();
  const paths = usePaths().data?.filter((path) => path.is_active && path.version !== null) ?? [];
  const enrol = useEnrol();
  const [path, setPath] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const result = enrol.data;
  const send = () => {
    if (path === null) return;
    enrol.mutate(
      { path, ids, why: why.trim() },
      {
        onSuccess: (told) => {
          if (told.refused.length > 0) return;
          say('ok', t('lead.startedMany', { count: told.started.length }));
          onDone();
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal
      open
      title={t('lead.startMany', { count: ids.length })}
      okText={result ? t('close', { ns: 'ui' }) : t('lead.start')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: path === null }}
      confirmLoading={enrol.isPending}
      onOk={result ? onDone : send}
      onCancel={result ? onDone : onClose}
      width={480}
    >
      {result ? (
        <div className={css.form}>
          <p>{t('lead.startedMany', { count: result.started.length })}</p>
          <ul className={css.rows} aria-label={t('lead.refused')}>
            {result.refused.map((one) => (
              <li key={one.id}>
                <strong>{one.title}</strong> {one.detail}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <div className={css.form}>
          <div className={css.field}>
            <span>{t('lead.path')}</span>
            <Select aria-label={t('lead.path')} placeholder={t('lead.choose')} value={path ?? undefined} options={paths.map((one) => ({ value: one.key, label: name(one.name) }))} onChange={setPath} />
          </div>
          <label className={css.field}>
            <span>{t('lead.startWhy')}</span>
            <Input maxLength={200} value={why} onChange={(event) => { setWhy(event.target.value); }} />
          </label>
        </div>
      )}
    </Modal>
  );
}
