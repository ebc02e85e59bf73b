import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PlaybookEntry } from '@/api/types';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { useUnits } from '@/features/org/admin';
import { useMe } from '@/features/identity/session';
import { treeOptions, unitsLedBy } from '@/features/org/tree';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './playbooks.module.css';
import { usePush } from './queries';

/** Puts an entry before people or a unit, with a word why. Only whom one leads is offered, but to those who manage the library. */
export default function PushDialog({ entry, onClose }: { entry: PlaybookEntry; onClose: () => void }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const say = useToast();
  const push = usePush(entry.id);
  const me = useMe();
  const reachesAll = me.is_admin || me.admin.includes('playbooks.manage');
  const known = useUnits().data ?? [];
  const units = reachesAll ? known : unitsLedBy(me.id, known);
  const [people, setPeople] = useState<number[]>([]);
  const [unit, setUnit] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const send = () => {
    push.mutate(
      { people, unit_id: unit, note: note.trim() },
      {
        onSuccess: (made) => {
          say('ok', t('push.done', { count: made.people }));
          onClose();
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal open title={t('push.of', { title: name(entry.title) })} okText={t('push.send')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: people.length === 0 && unit === null }} confirmLoading={push.isPending} onOk={send} onCancel={onClose}>
      <div className={css.form}>
        <div className={css.field}>
          {t('push.people')}
          <PeoplePicker label={t('push.people')} value={people} onChange={setPeople} below={!reachesAll} />
          {!reachesAll && <small className="muted">{t('push.ownTeam')}</small>}
        </div>
        {units.length > 0 && (
          <div className={css.field}>
            {t('push.unit')}
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={t('push.unit')} placeholder={t('push.unitHint')} options={treeOptions(units)} value={unit ?? undefined} onChange={(value: number | undefined) => { setUnit(value ?? null); }} />
          </div>
        )}
        <label>
          {t('push.note')}
          <Input maxLength={200} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </label>
      </div>
    </Modal>
  );
}
