import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BulkResult, TypeMeta } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useName } from '@/ui/names';
import css from './dialogs.module.css';

/** What a bulk change did, and every row that refused with its reasons. */
export default function BulkOutcome({ type, result, onClose }: { type: TypeMeta; result: BulkResult; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const name = useName();
  return (
    <Modal open title={t('bulk.result')} footer={null} onCancel={onClose} width={640}>
      <div className={css.results}>
        <p>{t('bulk.summary', { done: result.done.length, refused: result.refused.length })}</p>
        {result.refused.map((row) => (
          <div key={row.id} className={css.refused}>
            <Link to={recordPath(type.key, row.id)}>{row.title || `#${row.id}`}</Link>
            <div className="muted">{row.detail}</div>
            {row.missing.length > 0 && (
              <ul>
                {row.missing.map((item) => (
                  <li key={item.item}>
                    <Link to={recordPath(type.key, row.id, item.where)}>{name(item.name)}</Link>
                    {item.message ? ` — ${item.message}` : ''}
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </Modal>
  );
}
