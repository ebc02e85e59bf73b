import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/identity/session';
import { useUnits } from '@/features/org/admin';
import { treeOptions } from '@/features/org/tree';
import { useClearing } from '@/ui/clearing';
import { unitsInReach } from './figures';
import css from './metrics.module.css';

/** Whose figures: everybody's within reach, or those of one unit with all below it. */
export function UnitChooser({ value, onChange }: { value: number | null; onChange: (unit: number | null) => void }) {
  const { t } = useTranslation('metrics');
  const clearing = useClearing();
  const units = unitsInReach(useMe(), useUnits().data ?? []);
  if (units.length < 2) return null;
  return (
    <Select
      className={css.chooser}
      aria-label={t('unit')}
      placeholder={t('allUnits')}
      value={value ?? undefined}
      options={treeOptions(units)}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={clearing}
      onChange={(unit: number | undefined) => { onChange(unit ?? null); }}
    />
  );
}
