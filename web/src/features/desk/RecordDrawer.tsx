import { DownOutlined, ExpandOutlined, UpOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TypeMeta } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useIsPhone } from '@/ui/media';
import { RecordView } from './RecordView';
import css from './RecordDrawer.module.css';

type Props = { type: TypeMeta; id: number; ids: number[]; onOpen: (id: number | null) => void };

/** A record beside the list it was opened from, with the way to its neighbours. */
export default function RecordDrawer({ type, id, ids, onOpen }: Props) {
  const { t } = useTranslation('desk');
  const phone = useIsPhone();
  const index = ids.indexOf(id);
  const step = (by: number, label: string, icon: ReactNode) => {
    const other = index < 0 ? undefined : ids[index + by];
    return (
      <button
        type="button"
        className={css.tool}
        aria-label={label}
        title={label}
        disabled={other === undefined}
        onClick={() => {
          if (other !== undefined) onOpen(other);
        }}
      >
        {icon}
      </button>
    );
  };
  return (
    <Drawer
      open
      placement="right"
      size={phone ? '100%' : 'min(1040px, 92vw)'}
      destroyOnHidden
      onClose={() => {
        onOpen(null);
      }}
      styles={{ body: { padding: phone ? 12 : 16, background: 'var(--bg)' }, header: { padding: '8px 16px' } }}
      title={<span className="sr-only">{t('record.key')}</span>}
      extra={
        <span className="row">
          {step(-1, t('record.previous'), <UpOutlined />)}
          {step(1, t('record.next'), <DownOutlined />)}
          <Link to={recordPath(type.key, id)} className={css.tool} aria-label={t('record.openPage')} title={t('record.openPage')}>
            <ExpandOutlined />
          </Link>
        </span>
      }
    >
      <RecordView
        type={type}
        id={id}
        onDeleted={() => {
          onOpen(null);
        }}
      />
    </Drawer>
  );
}
