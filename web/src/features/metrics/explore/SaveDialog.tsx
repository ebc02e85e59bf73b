import { Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useMe } from '@/features/identity/session';
import { useToast } from '@/ui/toast';
import css from './explore.module.css';
import { useSaveFigureView, type SavedView } from './saved';
import { documentOf, type View } from './view';

type Props = { view: View; held: SavedView | null; suggested: string; onSaved: (id: number) => void; onClose: () => void };

/** Keeps what is shown under a name, for oneself or for others. */
export default function SaveDialog({ view, held, suggested, onSaved, onClose }: Props) {
  const { t } = useTranslation('explore');
  const say = useToast();
  const me = useMe();
  const save = useSaveFigureView();
  const own = held?.mine ? held : null;
  const [name, setName] = useState(own?.name ?? suggested);
  const [sharing, setSharing] = useState<SavedView['sharing']>(own?.sharing ?? 'private');
  const [asNew, setAsNew] = useState(own === null);
  const everyone = me.is_admin || me.admin.includes('views.share') || own?.sharing === 'everyone';
  const run = () => {
    save.mutate(
      { held: asNew ? null : own, given: { name: name.trim(), document: documentOf(view), sharing } },
      {
        onSuccess: (kept) => {
          say('ok', t('saved', { name: kept.name }));
          onSaved(kept.id);
          onClose();
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal open title={t('save')} okText={t('save', { ns: 'ui' })} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !name.trim() }} confirmLoading={save.isPending} onOk={run} onCancel={onClose} width={420}>
      <div className={css.form}>
        <label>
          {t('name')}
          <Input autoFocus value={name} maxLength={60} onChange={(event) => { setName(event.target.value); }} />
        </label>
        <label>
          {t('sharing')}
          <Select aria-label={t('sharing')} value={sharing} onChange={setSharing} options={(['private', 'unit', 'everyone'] as const).map((each) => ({ value: each, label: t(`shared.${each}`), disabled: each === 'everyone' && !everyone }))} />
        </label>
        <p className="muted">{t('sharingHint')}</p>
        {own && (
          <Checkbox checked={asNew} onChange={(event) => { setAsNew(event.target.checked); }}>
            {t('asNew')}
          </Checkbox>
        )}
      </div>
    </Modal>
  );
}
