import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { freeKey } from '@/features/fields/fieldDraft';
import { useTypes } from '@/features/records/meta';
import { useToast } from '@/ui/toast';
import css from './Policy.module.css';
import { useCreatePolicy, usePolicies } from './policies';

/** A new policy: its names and what its clocks are about; the rest is written as a draft. */
export default function NewPolicyDialog({ aboutName, onClose }: { aboutName: (key: string) => string; onClose: () => void }) {
  const { t } = useTranslation('sla');
  const say = useToast();
  const navigate = useNavigate();
  const types = useTypes();
  const policies = usePolicies();
  const create = useCreatePolicy();
  const [names, setNames] = useState({ 'zh-CN': '', 'en-US': '' });
  const [about, setAbout] = useState('deal');
  const isReady = Boolean(names['zh-CN'].trim() && names['en-US'].trim());
  const send = () => {
    const taken = (policies.data ?? []).map((policy) => policy.key);
    create.mutate(
      { key: freeKey(names, taken, 'policy'), name: names, about },
      {
        onSuccess: (policy) => {
          onClose();
          void navigate(`/admin/policies/${policy.key}`);
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal open title={t('policy.add')} okText={t('policy.begin')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !isReady }} confirmLoading={create.isPending} onOk={send} onCancel={onClose} width={440}>
      <div className={css.publish}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`calendar.name.${language}`)}
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
        <div>
          {t('policy.aboutWhat')}
          <Select
            aria-label={t('policy.aboutWhat')}
            style={{ width: '100%' }}
            value={about}
            options={[...types.map((type) => type.key), 'approval_ask', 'approval_case', 'exception', 'support_case', 'task'].map((key) => ({ value: key, label: aboutName(key) }))}
            onChange={setAbout}
          />
        </div>
      </div>
    </Modal>
  );
}
