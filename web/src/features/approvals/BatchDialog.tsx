import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { CaseBrief } from '@/api/types';
import { useToast } from '@/ui/toast';
import css from './ApprovalsPage.module.css';
import { useAgreeMany } from './cases';

/** Agrees to several with one comment, and tells which were left and why. */
export default function BatchDialog({ items, onClose }: { items: CaseBrief[]; onClose: () => void }) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const agree = useAgreeMany();
  const [comment, setComment] = useState('');
  const [first] = useState(items);
  const refused = agree.data?.refused ?? [];
  return (
    <Modal
      open
      title={t('inbox.agreeTo', { count: first.length })}
      okText={t('action.agree')}
      cancelText={t(agree.data ? 'close' : 'cancel', { ns: 'ui' })}
      okButtonProps={{ style: agree.data ? { display: 'none' } : undefined }}
      confirmLoading={agree.isPending}
      onOk={() => {
        agree.mutate(
          { ids: first.map((item) => item.id), comment: comment.trim() },
          {
            onSuccess: (outcome) => {
              say(outcome.refused.length ? 'info' : 'ok', t('inbox.agreed', { count: outcome.done.length }));
              if (outcome.refused.length === 0) onClose();
            },
            onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
          },
        );
      }}
      onCancel={onClose}
      width={480}
    >
      {!agree.data && (
        <>
          <ul className="muted">
            {first.map((item) => (
              <li key={item.id}>{item.title}</li>
            ))}
          </ul>
          <label>
            {t('case.comment')}
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} value={comment} onChange={(event) => { setComment(event.target.value); }} />
          </label>
        </>
      )}
      {refused.length > 0 && (
        <>
          <strong>{t('inbox.left', { count: refused.length })}</strong>
          <ul className={css.refused}>
            {refused.map((one) => (
              <li key={one.id}>
                {one.title}：{one.detail}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
