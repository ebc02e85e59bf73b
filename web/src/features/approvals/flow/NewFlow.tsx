import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Name } from '@/api/types';
import { useTypes } from '@/features/records/meta';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import { NameFields } from './NameFields';
import css from './NodeSheet.module.css';
import { useCreateFlow } from './flows';

/** Name, key and record type of a new flow; everything else is designed. */
export default function NewFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('approvals');
  const nameIn = useName();
  const clearing = useClearing();
  const navigate = useNavigate();
  const types = useTypes();
  const create = useCreateFlow();
  const [name, setName] = useState<Name>({ 'zh-CN': '', 'en-US': '' });
  const [key, setKey] = useState('');
  const [type, setType] = useState<string | null>(null);
  const problem = problemOf(create.error);
  return (
    <Modal
      open
      title={t('flows.add')}
      okText={t('flows.design')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !name['zh-CN']?.trim() || !/^[a-z][a-z0-9_]{0,62}$/.test(key) }}
      confirmLoading={create.isPending}
      onOk={() => {
        const both = { 'zh-CN': name['zh-CN'] ?? '', 'en-US': name['en-US'] || name['zh-CN'] || '' };
        create.mutate({ key, name: both, record_type: type }, { onSuccess: () => void navigate(`/admin/flows/${key}`) });
      }}
      onCancel={onClose}
      width={480}
    >
      <div className={css.form}>
        <NameFields value={name} onChange={setName} />
        <label className={css.field}>
          <span>{t('flows.key')}</span>
          <Input value={key} placeholder="contract_approval" onChange={(event) => { setKey(event.target.value); }} />
          <span className="muted">{t('flows.keyHint')}</span>
        </label>
        <div className={css.field}>
          <span>{t('flows.recordType')}</span>
          <Select
            aria-label={t('flows.recordType')}
            allowClear={clearing}
            placeholder={t('flows.noRecord')}
            value={type ?? undefined}
            options={types.map((one) => ({ value: one.key, label: nameIn(one.name) }))}
            onChange={(next?: string) => { setType(next ?? null); }}
          />
        </div>
        {problem && <p className={css.faults} role="alert">{problem.message}</p>}
      </div>
    </Modal>
  );
}
