import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PoolSettingsRow } from '@/api/types';
import { freeKey } from '@/features/fields/fieldDraft';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Settings.module.css';
import { useCreatePool, usePoolCatalogue } from './settings';

/** A new pool: its names, its record type, and whose records it takes; the rest is written as a draft. */
export default function NewPoolDialog({ taken, onClose }: { taken: PoolSettingsRow[]; onClose: () => void }) {
  const { t } = useTranslation('pool');
  const name = useName();
  const say = useToast();
  const navigate = useNavigate();
  const types = useTypes();
  const create = useCreatePool();
  const [names, setNames] = useState({ 'zh-CN': '', 'en-US': '' });
  const [recordType, setRecordType] = useState('lead');
  const [unit, setUnit] = useState<number | null>(null);
  const units = usePoolCatalogue(recordType).data?.units ?? [];
  const isReady = Boolean(names['zh-CN'].trim() && names['en-US'].trim());
  const send = () => {
    create.mutate(
      { key: freeKey(names, taken.map((pool) => pool.key), 'pool'), name: names, record_type: recordType, unit_id: unit },
      {
        onSuccess: (pool) => {
          onClose();
          void navigate(`/admin/pools/${pool.id}`);
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal open title={t('settings.add')} okText={t('settings.begin')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !isReady }} confirmLoading={create.isPending} onOk={send} onCancel={onClose} width={440}>
      <div className={css.form}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`settings.name.${language}`)}
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
        <div className={css.field}>
          <span>{t('settings.type')}</span>
          <Select aria-label={t('settings.type')} value={recordType} options={types.map((type) => ({ value: type.key, label: name(type.name) }))} onChange={setRecordType} />
        </div>
        <div className={css.field}>
          <span>{t('settings.unit')}</span>
          <Select
            aria-label={t('settings.unit')}
            value={unit ?? 0}
            showSearch={{ optionFilterProp: 'label' }}
            options={[{ value: 0, label: t('settings.company') }, ...units.map((one) => ({ value: one.id, label: one.name }))]}
            onChange={(id: number) => { setUnit(id === 0 ? null : id); }}
          />
        </div>
      </div>
    </Modal>
  );
}
