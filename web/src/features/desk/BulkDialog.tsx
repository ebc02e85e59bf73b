import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { BulkBody, BulkResult, TypeMeta } from '@/api/types';
import { FieldInput } from '@/features/fields/FieldInput';
import { PersonPicker } from '@/features/org/PersonPicker';
import { fieldOf } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './dialogs.module.css';
import { useBulk, type BulkTarget } from './bulk';

type Props = {
  type: TypeMeta;
  action: BulkBody['action'];
  target: BulkTarget;
  count: number;
  onClose: () => void;
  onDone: (result: BulkResult) => void;
};

/** Asks what a bulk change needs to know, and sends it. */
export default function BulkDialog({ type, action, target, count, onClose, onDone }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const bulk = useBulk(type.key);
  const [owner, setOwner] = useState<number | null>(null);
  const [stage, setStage] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const chosen = field ? fieldOf(type, field) : undefined;
  const ready = { assign: owner !== null, move: stage !== null, set: Boolean(chosen), delete: true, restore: true }[action];
  const run = () => {
    bulk.mutate(
      {
        ...target,
        action,
        owner: owner ?? undefined,
        to_stage: stage ?? undefined,
        reason: reason.trim() || undefined,
        values: chosen ? { [chosen.key]: value } : {},
      },
      {
        onSuccess: onDone,
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t(`bulk.${action}Title`, { count })}
      okText={t(`bulk.${action}`)}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !ready, danger: action === 'delete' }}
      confirmLoading={bulk.isPending}
      onOk={run}
      onCancel={onClose}
      width={460}
    >
      <div className={css.form}>
        {action === 'assign' && (
          <div data-field="true">
            {t('bulk.owner')}
            <PersonPicker label={t('bulk.owner')} value={owner} onChange={setOwner} autoFocus />
          </div>
        )}
        {action === 'move' && (
          <>
            <div data-field="true">
              {t('bulk.toStage')}
              <Select
                aria-label={t('bulk.toStage')}
                value={stage}
                onChange={setStage}
                options={type.stages.map((one) => ({ value: one.key, label: name(one.name) }))}
              />
            </div>
            <label>
              {t('bulk.reason')}
              <Input value={reason} onChange={(event) => { setReason(event.target.value); }} />
            </label>
            <p className={css.hint}>{t('bulk.gateHint')}</p>
          </>
        )}
        {action === 'set' && (
          <>
            <div data-field="true">
              {t('bulk.field')}
              <Select
                aria-label={t('bulk.field')}
                value={field}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(key) => {
                  setField(key);
                  setValue(null);
                }}
                options={type.fields.filter((one) => one.access === 'edit').map((one) => ({ value: one.key, label: name(one.name) }))}
              />
            </div>
            {chosen && (
              <div data-field="true">
                {t('bulk.value')}
                <FieldInput field={chosen} value={value} onChange={setValue} label={t('bulk.value')} />
              </div>
            )}
          </>
        )}
        {action === 'delete' && <p>{t('bulk.deleteHint')}</p>}
      </div>
    </Modal>
  );
}
