import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './playbooks.module.css';
import { usePlaybooks } from './queries';

/** What a pack holds, in the order in which it is chosen. */
export function PackEntries({ value, onChange }: { value: number[]; onChange: (entries: number[]) => void }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const [text, setText] = useState('');
  const found = usePlaybooks({ q: useRested(text, 200), kind: '', tags: [], state: 'published' });
  const rows = (found.data?.pages ?? []).flatMap((page) => page.items).filter((row) => row.kind !== 'pack');
  return (
    <div className={css.field}>
      {t('parts')}
      <Select<number[]> mode="multiple" aria-label={t('parts')} showSearch={{ filterOption: false, onSearch: setText }} value={value} options={rows.map((row) => ({ value: row.id, label: name(row.title) }))} onChange={onChange} />
    </div>
  );
}
