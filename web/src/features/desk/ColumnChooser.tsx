import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useColumns } from './columns';
import css from './dialogs.module.css';

/** Which columns a table shows, and in which order. */
export default function ColumnChooser({ type, columns, onClose }: { type: TypeMeta; columns: string[]; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const address = useAddress();
  const all = useColumns(type).filter((column) => column.key !== type.title_field);
  const [chosen, setChosen] = useState(() => columns.filter((key) => all.some((column) => column.key === key)));
  const listed = [
    ...chosen.map((key) => all.find((column) => column.key === key)).filter((column) => column !== undefined),
    ...all.filter((column) => !chosen.includes(column.key)),
  ];
  const swap = (index: number, other: number) => {
    const next = [...chosen];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(other, 0, moved);
    setChosen(next);
  };
  return (
    <Modal
      open
      title={t('columns.title')}
      okText={t('confirm', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={() => {
        address.set({ cols: chosen.join(',') });
        onClose();
      }}
      onCancel={onClose}
      width={400}
    >
      <div className={css.list}>
        {listed.map((column) => {
          const index = chosen.indexOf(column.key);
          return (
            <div key={column.key} className={css.line}>
              <Checkbox
                className="grow"
                checked={index >= 0}
                onChange={(event) => {
                  setChosen(event.target.checked ? [...chosen, column.key] : chosen.filter((key) => key !== column.key));
                }}
              >
                {column.title}
              </Checkbox>
              {index >= 0 && (
                <>
                  <button type="button" className={css.icon} aria-label={t('columns.up', { name: column.title })} disabled={index === 0} onClick={() => { swap(index, index - 1); }}>
                    <UpOutlined />
                  </button>
                  <button type="button" className={css.icon} aria-label={t('columns.down', { name: column.title })} disabled={index === chosen.length - 1} onClick={() => { swap(index, index + 1); }}>
                    <DownOutlined />
                  </button>
                </>
              )}
            </div>
          );
        })}
      </div>
    </Modal>
  );
}
