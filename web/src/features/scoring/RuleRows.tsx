import { ArrowUpOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ScorecardChecked } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Scoring.module.css';
import { raised, replaced, type Definition, type Part } from './definition';

type Props = {
  part: Part;
  definition: Definition;
  checked: ScorecardChecked | undefined;
  onChange: (definition: Definition) => void;
  onOpen: (place: number) => void;
};

/** Rules or grades as readable rows: what each says, how many points, and what is wrong with it. */
export function RuleRows({ part, definition, checked, onChange, onOpen }: Props) {
  const { t } = useTranslation('scoring');
  const name = useName();
  const list = definition[part];
  const put = (next: unknown[]) => {
    onChange({ ...definition, [part]: next });
  };
  return (
    <fieldset className={css.group}>
      <legend>{t(`parts.${part}`)}</legend>
      <p className="muted">{t(`hints.${part}`)}</p>
      <ol className={css.rules}>
        {list.map((rule, place) => {
          const label = name(rule.name) || t('unnamed');
          const faults = checked?.problems.filter((problem) => problem.path === `/${part}/${place}` || problem.path.startsWith(`/${part}/${place}/`)) ?? [];
          const sentence = checked?.sentences[part === 'grades' ? `grade:${rule.key}` : rule.key];
          return (
            <li key={rule.key} className={css.rule}>
              {'points' in rule && (
                <span className={css.worth} data-tone={rule.points < 0 ? 'bad' : 'ok'}>
                  {rule.points > 0 ? `+${rule.points}` : rule.points}
                </span>
              )}
              <div className="grow">
                <strong>{label}</strong>
                {sentence && <div className="muted">{sentence}</div>}
                {faults.map((fault) => (
                  <div key={`${fault.code}${fault.path}`} className={css.faulty} role="alert">
                    {fault.message}
                  </div>
                ))}
              </div>
              {part === 'grades' && place > 0 && (
                <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={t('raise', { name: label })} onClick={() => { put(raised<unknown>(list, place)); }} />
              )}
              <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('edit', { name: label })} onClick={() => { onOpen(place); }} />
              <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('remove', { name: label })} onClick={() => { put(replaced<unknown>(list, place, null)); }} />
            </li>
          );
        })}
      </ol>
      <Button icon={<PlusOutlined />} onClick={() => { onOpen(list.length); }}>
        {t(`add.${part}`)}
      </Button>
    </fieldset>
  );
}
