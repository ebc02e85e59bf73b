import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import css from './capture.module.css';

type Row = [field: string, path: string];
type Props = { rows: Row[]; wrong: Record<string, string>; onChange: (rows: Row[]) => void };

/** Which place of a payload goes into which field of the lead. */
export function MappingRows({ rows, wrong, onChange }: Props) {
  const { t } = useTranslation('capture');
  const name = useName();
  const fields = useTypes().find((type) => type.key === 'lead')?.fields ?? [];
  const put = (place: number, row: Row) => {
    onChange(rows.map((one, index) => (index === place ? row : one)));
  };
  return (
    <fieldset className={css.rows}>
      <legend>{t('mapping.title')}</legend>
      <p className="muted">{t('mapping.hint')}</p>
      {rows.map(([field, path], place) => (
        <div key={place} className={css.row}>
          <Input
            aria-label={t('mapping.path', { place: place + 1 })}
            placeholder="contact.phone"
            value={path}
            onChange={(event) => { put(place, [field, event.target.value]); }}
          />
          <span aria-hidden="true">→</span>
          <Select
            aria-label={t('mapping.field', { place: place + 1 })}
            value={field || undefined}
            placeholder={t('mapping.choose')}
            onChange={(key: string) => { put(place, [key, path]); }}
            options={fields.map((one) => ({ value: one.key, label: name(one.name) }))}
          />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('mapping.remove', { place: place + 1 })} onClick={() => { onChange(rows.filter((_one, index) => index !== place)); }} />
          {wrong[`mapping.${field}`] && <span className={css.bad}>{wrong[`mapping.${field}`]}</span>}
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => { onChange([...rows, ['', '']]); }}>
        {t('mapping.add')}
      </Button>
    </fieldset>
  );
}
