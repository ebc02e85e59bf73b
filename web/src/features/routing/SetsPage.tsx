import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { RoutingSetRow } from '@/api/types';
import { freeKey } from '@/features/fields/fieldDraft';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Routing.module.css';
import { RoutingTabs } from './RoutingTabs';
import { useCreateSet, useRoutingSets } from './routing';

function NewSet({ taken, onClose }: { taken: RoutingSetRow[]; onClose: () => void }) {
  const { t } = useTranslation('routing');
  const say = useToast();
  const navigate = useNavigate();
  const create = useCreateSet();
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const send = () => {
    const names = { 'zh-CN': zh.trim() || en.trim(), 'en-US': en.trim() || zh.trim() };
    create.mutate(
      { key: freeKey(names, taken.map((set) => set.key), 'rules'), name: names, record_type: 'lead' },
      {
        onSuccess: (set) => void navigate(`/admin/routing/${set.key}`),
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal open title={t('add')} okText={t('begin')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !zh.trim() && !en.trim() }} confirmLoading={create.isPending} onOk={send} onCancel={onClose} width={420}>
      <div className={css.form}>
        <label>
          {t('names.zh-CN')}
          <Input maxLength={60} value={zh} onChange={(event) => { setZh(event.target.value); }} />
        </label>
        <label>
          {t('names.en-US')}
          <Input maxLength={60} value={en} onChange={(event) => { setEn(event.target.value); }} />
        </label>
      </div>
    </Modal>
  );
}

/** Every rule set in words; one of them decides. */
export default function SetsPage() {
  const { t } = useTranslation('routing');
  const name = useName();
  const sets = useRoutingSets();
  const [making, setMaking] = useState(false);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <RoutingTabs value="rules" />
        <Button type="primary" onClick={() => { setMaking(true); }}>
          {t('add')}
        </Button>
      </div>
      <Faces query={sets} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(list) => (
          <div className={css.sets}>
            {list.map((set) => (
              <article key={set.key} className={css.card}>
                <h2>
                  <Link to={`/admin/routing/${set.key}`}>{name(set.name)}</Link>
                </h2>
                <p className="muted">
                  {[
                    t(set.is_active ? 'on' : 'off'),
                    set.version ? t('version', { version: set.version }) : t('neverPublished'),
                    ...(set.has_draft ? [t('draft')] : []),
                  ].join(' · ')}
                </p>
                <ol className={css.sentences}>
                  {set.sentences.map((sentence) => (
                    <li key={sentence.branch}>{sentence.text}</li>
                  ))}
                </ol>
              </article>
            ))}
          </div>
        )}
      </Faces>
      {making && <NewSet taken={sets.data ?? []} onClose={() => { setMaking(false); }} />}
    </div>
  );
}
