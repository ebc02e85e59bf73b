import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Grant, Permissions } from '@/api/types';
import { useName } from '@/ui/names';
import css from './admin.module.css';
import { useUnits } from './admin';
import { customCells, unitsOf, withGrant } from './grants';
import { treeOptions } from './tree';

type Props = { grants: Grant[]; onChange: (grants: Grant[]) => void; words: Permissions; typeName: (key: string) => string };

/** The units of every cell whose scope is chosen by hand; nothing where there is none. */
export function CustomScopes({ grants, onChange, words, typeName }: Props) {
  const { t } = useTranslation('org');
  const name = useName();
  const verbs = words.verbs.map((verb) => verb.key);
  const cells = customCells(grants, ['*', ...words.record_types], verbs);
  const units = useUnits();
  if (cells.length === 0) return null;
  return (
    <section aria-labelledby="custom-scopes">
      <h3 id="custom-scopes">{t('roles.custom')}</h3>
      <div className={css.customs}>
        {cells.map(({ recordType, verb }) => {
          const label = `${typeName(recordType)} ${name(words.verbs.find((one) => one.key === verb)?.name)}`;
          const chosen = unitsOf(grants, recordType, verb);
          return (
            <div key={`${recordType}.${verb}`} className={css.custom}>
              <span>{label}</span>
              <Select
                mode="multiple"
                aria-label={t('roles.unitsOf', { cell: label })}
                placeholder={t('roles.chooseUnits')}
                status={chosen.length === 0 ? 'warning' : ''}
                loading={units.isPending}
                showSearch={{ optionFilterProp: 'label' }}
                value={chosen}
                options={treeOptions(units.data ?? [])}
                onChange={(ids) => {
                  onChange(withGrant(grants, recordType, verb, 'custom', ids));
                }}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
