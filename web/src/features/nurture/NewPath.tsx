import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Name, NurturePathRow } from '@/api/types';
import { freeKey } from '@/features/fields/fieldDraft';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { NamePair } from './NamePair';
import { completed } from './names';
import css from './Nurture.module.css';
import { starters, startedPath, type Starter } from './path/newSteps';
import { useCreatePath, useNurtureCatalogue } from './paths';

function Starters({ value, onChange }: { value: Starter; onChange: (starter: Starter) => void }) {
  const { t } = useTranslation('nurture');
  return (
    <fieldset className={css.choices} aria-label={t('new.from')}>
      {starters.map((starter) => (
        <label key={starter}>
          <input type="radio" name="starter" checked={value === starter} onChange={() => { onChange(starter); }} />
          <span>{t(`new.starters.${starter}`)}</span>
          <small>{t(`new.hints.${starter}`)}</small>
        </label>
      ))}
    </fieldset>
  );
}

/** A new path: from a sensible beginning, or as a copy of one that is there. */
export default function NewPath({ from, taken, onClose }: { from: NurturePathRow | null; taken: NurturePathRow[]; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const nameOf = useName();
  const say = useToast();
  const navigate = useNavigate();
  const create = useCreatePath();
  const catalogue = useNurtureCatalogue();
  const [name, setName] = useState<Name>(from ? { 'zh-CN': t('new.copyOf', { name: from.name['zh-CN'], lng: 'zh-CN' }), 'en-US': t('new.copyOf', { name: from.name['en-US'], lng: 'en-US' }) } : {});
  const [starter, setStarter] = useState<Starter>('welcome');
  const isNamed = Object.values(name).some((text) => text.trim());
  const isReady = from !== null || catalogue.data !== undefined;
  const send = () => {
    const names = completed(name);
    const key = freeKey(names, taken.map((path) => path.key), 'path');
    const definition = from ? null : startedPath(starter, key, names, catalogue.data?.templates ?? []);
    create.mutate(
      { key, name: names, like: from?.key ?? null, definition },
      {
        onSuccess: (path) => void navigate(`/nurture/paths/${path.key}`),
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal
      open
      title={from ? t('paths.copyOf', { name: nameOf(from.name) }) : t('paths.add')}
      okText={t('new.begin')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !isNamed || !isReady }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
      width={640}
    >
      <div className={css.form}>
        <NamePair label={t('new.name')} value={name} onChange={setName} autoFocus />
        {!from && <Starters value={starter} onChange={setStarter} />}
        {!isReady && <Loading rows={1} />}
      </div>
    </Modal>
  );
}
