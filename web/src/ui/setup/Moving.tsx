import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { replaced, shifted } from './draft';

type Props<T> = { name: string; list: T[]; place: number; onChange: (list: T[]) => void };

/** Moves one thing of a list up or down, or takes it out. */
export function Moving<T>({ name, list, place, onChange }: Props<T>) {
  const { t } = useTranslation('ui');
  return (
    <span>
      <Button type="text" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t('setup.up', { name })} onClick={() => { onChange(shifted(list, place, -1)); }} />
      <Button type="text" icon={<ArrowDownOutlined />} disabled={place === list.length - 1} aria-label={t('setup.down', { name })} onClick={() => { onChange(shifted(list, place, 1)); }} />
      <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('setup.takeOut', { name })} onClick={() => { onChange(replaced(list, place, null)); }} />
    </span>
  );
}
