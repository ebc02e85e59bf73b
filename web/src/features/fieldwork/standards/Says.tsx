import { useTranslation } from 'react-i18next';
import { useType, useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import type { Definition, Standards } from './admin';
import css from './standards.module.css';

/** What a standard asks for, and of which contacts, in words. */
export function Says({ definition, words }: { definition: Definition; words: Standards }) {
  const { t } = useTranslation('followupStandards');
  const name = useName();
  const types = useTypes();
  const stages = useType(definition.record_type ?? '')?.stages ?? [];
  const kindName = (key: string) => name(words.kinds.find((kind) => kind.key === key)?.name) || key;
  const unitName = (id: number) => words.units.find((unit) => unit.id === id)?.name ?? String(id);
  const rows: [string, string][] = [
    [t('kinds'), definition.kinds.map(kindName).join(t('comma')) || t('none')],
    [t('teams'), definition.unit_ids?.map(unitName).join(t('comma')) || t('everybody')],
  ];
  if (definition.record_type) {
    rows.push([t('recordType'), name(types.find((type) => type.key === definition.record_type)?.name) || definition.record_type]);
  }
  if (definition.stages?.length) {
    rows.push([t('stages'), definition.stages.map((key) => name(stages.find((stage) => stage.key === key)?.name) || key).join(t('comma'))]);
  }
  return (
    <>
      <dl className={css.facts}>
        {rows.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={css.rule}>{definition.at_least ? t('atLeast', { count: definition.at_least, of: definition.items.length }) : t('allOf', { count: definition.items.length })}</p>
      <ul className={css.items}>
        {definition.items.map((item) => (
          <li key={item.key}>
            {name(item.name)}
            <span className="muted">
              {' '}
              {t(`kind.${item.kind}`)}
              {item.kind === 'files' && (item.at_least ?? 1) > 1 ? ` ≥ ${item.at_least}` : ''}
              {item.max_length ? ` ${t('upTo', { count: item.max_length })}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
