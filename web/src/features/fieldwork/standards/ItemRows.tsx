import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import type { Item, Standards } from './admin';
import css from './standards.module.css';

const KINDS = ['place', 'files', 'text', 'next_date', 'tick'] as const;
type Props = { items: Item[]; words: Standards; onChange: (items: Item[]) => void };

/** The pieces of evidence, one row each. */
export function ItemRows({ items, words, onChange }: Props) {
  const { t } = useTranslation('followupStandards');
  const name = useName();
  const put = (place: number, part: Partial<Item>) => {
    onChange(items.map((item, index) => (index === place ? { ...item, ...part } : item)));
  };
  const add = () => {
    onChange([...items, { key: `item_${items.length + 1}`, kind: 'text', name: { 'zh-CN': '', 'en-US': '' }, at_least: 1, max_length: null }]);
  };
  const ticked = (place: number, key: string) => {
    const tick = words.ticks.find((one) => one.key === key);
    put(place, { key, ...(tick ? { name: tick.name } : {}) });
  };
  return (
    <div className={css.rows}>
      {items.map((item, place) => (
        <fieldset key={place} className={css.row}>
          <legend>{t('item', { count: place + 1 })}</legend>
          <Select aria-label={t('itemKind')} value={item.kind} options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} onChange={(kind: Item['kind']) => { put(place, { kind, max_length: null }); }} />
          {item.kind === 'tick' ? (
            <Select aria-label={t('key')} value={item.key} options={words.ticks.map((tick) => ({ value: tick.key, label: name(tick.name) }))} onChange={(key: string) => { ticked(place, key); }} />
          ) : (
            <Input aria-label={t('key')} placeholder={t('key')} value={item.key} maxLength={63} onChange={(event) => { put(place, { key: event.target.value }); }} />
          )}
          {(['zh-CN', 'en-US'] as const).map((language) => (
            <Input key={language} aria-label={t(`name.${language}`)} placeholder={t(`name.${language}`)} value={item.name[language] ?? ''} maxLength={60} onChange={(event) => { put(place, { name: { ...item.name, [language]: event.target.value } }); }} />
          ))}
          {item.kind === 'files' && <InputNumber controls={false} aria-label={t('howMany')} prefix="≥" min={1} max={20} value={item.at_least ?? 1} onChange={(count) => { put(place, { at_least: count ?? 1 }); }} />}
          {item.kind === 'text' && <InputNumber controls={false} aria-label={t('mostCharacters')} placeholder={t('mostCharacters')} min={1} max={2000} value={item.max_length ?? null} onChange={(count) => { put(place, { max_length: count }); }} />}
          <Button type="text" danger onClick={() => { onChange(items.filter((_, index) => index !== place)); }}>
            {t('remove')}
          </Button>
        </fieldset>
      ))}
      <Button onClick={add}>{t('addItem')}</Button>
    </div>
  );
}
