import { useTranslation } from 'react-i18next';
import type { TypeMeta } from '@/api/types';
import { fieldOf } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { orgTargets, specialTargets } from './targets';

const special: readonly string[] = [...specialTargets, ...orgTargets];

/** What people call a field or another thing that a column says. */
export function useFieldName(type: TypeMeta | undefined): (key: string) => string {
  const { t } = useTranslation('transfer');
  const name = useName();
  return (key) => {
    if (special.includes(key)) return t(`targets.${key.slice(1)}`);
    return name(fieldOf(type, key)?.name) || key;
  };
}
