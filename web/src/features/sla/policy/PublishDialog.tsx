import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Policy } from '@/api/types';
import { useToast } from '@/ui/toast';
import css from './Policy.module.css';
import { usePublish } from './policies';

/** Makes the draft the next version; clocks that run keep the one by which they began. */
export default function PublishDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation('sla');
  const say = useToast();
  const publish = usePublish(policy.key);
  const [adopt, setAdopt] = useState(false);
  return (
    <Modal
      open
      title={t('publish.title', { version: (policy.version ?? 0) + 1 })}
      okText={t('policy.publish')}
      cancelText={t('cancel', { ns: 'ui' })}
      confirmLoading={publish.isPending}
      onCancel={onClose}
      onOk={() => {
        publish.mutate(adopt, {
          onSuccess: (kept) => {
            say('ok', t('publish.done', { version: kept.version }));
            onClose();
          },
          onError: (error) => {
            say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
          },
        });
      }}
      width={460}
    >
      <div className={css.publish}>
        <p>{t('publish.hint')}</p>
        <Checkbox checked={adopt} onChange={(event) => { setAdopt(event.target.checked); }}>
          {t('publish.adopt')}
        </Checkbox>
        <p className="muted">{t('publish.adoptHint')}</p>
      </div>
    </Modal>
  );
}
