import { Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { TypeMeta, View } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useToast } from '@/ui/toast';
import css from './dialogs.module.css';
import { parseFilter, type ListState } from './listState';
import { useSaveView } from './views';

/** Keeps what a list shows now under a name, for oneself or for others. */
export default function SaveViewDialog({ type, state, onClose }: { type: TypeMeta; state: ListState; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const say = useToast();
  const address = useAddress();
  const save = useSaveView(type.key);
  const own = state.view?.mine ? state.view : null;
  const [name, setName] = useState(own?.name ?? '');
  const [visibility, setVisibility] = useState<View['visibility']>(own?.visibility ?? 'private');
  const [pinned, setPinned] = useState(own?.pinned ?? true);
  const [asNew, setAsNew] = useState(!own);
  const run = () => {
    save.mutate(
      {
        id: asNew ? undefined : own?.id,
        view: {
          name: name.trim(),
          record_type: type.key,
          kind: state.kind,
          columns: state.columns.map((field) => ({ field })),
          filter: parseFilter(state.filter) ?? state.view?.filter ?? null,
          sort: state.sort,
          visibility,
          is_default: false,
        },
        pinned,
      },
      {
        onSuccess: (view) => {
          address.set({ view: String(view.id), filter: null, sort: null, cols: null });
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
      title={t('views.save')}
      okText={t('save', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !name.trim() }}
      confirmLoading={save.isPending}
      onOk={run}
      onCancel={onClose}
      width={420}
    >
      <div className={css.form}>
        <label>
          {t('views.name')}
          <Input autoFocus value={name} maxLength={40} onChange={(event) => { setName(event.target.value); }} />
        </label>
        <div data-field="true">
          {t('views.visibility')}
          <Select
            aria-label={t('views.visibility')}
            value={visibility}
            onChange={setVisibility}
            options={(['private', 'unit', 'everyone'] as const).map((key) => ({ value: key, label: t(`views.${key}`) }))}
          />
        </div>
        <Checkbox checked={pinned} onChange={(event) => { setPinned(event.target.checked); }}>
          {t('views.pinned')}
        </Checkbox>
        {own && (
          <Checkbox checked={asNew} onChange={(event) => { setAsNew(event.target.checked); }}>
            {t('views.asNew')}
          </Checkbox>
        )}
      </div>
    </Modal>
  );
}
