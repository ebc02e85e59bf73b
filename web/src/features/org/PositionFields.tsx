import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewPosition, User } from '@/api/types';
import { useName } from '@/ui/names';
import { PersonPicker } from './PersonPicker';
import css from './admin.module.css';
import { useRoles, useUnits } from './admin';
import { treeOptions } from './tree';

type Props = { positions: NewPosition[]; onChange: (positions: NewPosition[]) => void; user: User | null };

/** The places a person holds: unit, role, title, superior. */
export function PositionFields({ positions, onChange, user }: Props) {
  const { t } = useTranslation('org');
  const name = useName();
  const units = treeOptions(useUnits().data ?? []);
  const roles = useRoles().data ?? [];
  const set = (index: number, change: Partial<NewPosition>) => {
    onChange(positions.map((one, at) => (at === index ? { ...one, ...change } : one)));
  };
  const first = units[0]?.value;
  const role = roles[0]?.id;
  return (
    <div className={css.field}>
      <span>{t('users.positions')}</span>
      {positions.map((position, index) => (
        <div key={index} className={css.position}>
          <Select
            aria-label={t('users.unit')}
            value={position.unit_id}
            showSearch={{ optionFilterProp: 'label' }}
            options={units}
            onChange={(unit_id: number) => {
              set(index, { unit_id });
            }}
          />
          <Select
            aria-label={t('users.role')}
            value={position.role_id}
            options={roles.map((one) => ({ value: one.id, label: name(one.name) }))}
            onChange={(role_id: number) => {
              set(index, { role_id });
            }}
          />
          <Input
            aria-label={t('users.jobTitle')}
            placeholder={t('users.jobTitle')}
            value={position.title}
            onChange={(event) => {
              set(index, { title: event.target.value });
            }}
          />
          <PersonPicker
            label={t('users.superior')}
            value={position.superior_id}
            known={user?.positions[index]?.superior}
            onChange={(superior_id) => {
              set(index, { superior_id });
            }}
          />
          <Checkbox
            checked={position.is_primary}
            onChange={(event) => {
              onChange(positions.map((one, at) => ({ ...one, is_primary: at === index ? event.target.checked : false })));
            }}
          >
            {t('users.primary')}
          </Checkbox>
          <Button
            size="small"
            type="text"
            danger
            onClick={() => {
              onChange(positions.filter((_, at) => at !== index));
            }}
          >
            {t('remove', { ns: 'ui' })}
          </Button>
        </div>
      ))}
      {first !== undefined && role !== undefined && (
        <Button
          type="dashed"
          onClick={() => {
            onChange([...positions, { unit_id: first, role_id: role, title: '', superior_id: null, is_primary: positions.length === 0 }]);
          }}
        >
          {t('users.addPosition')}
        </Button>
      )}
    </div>
  );
}
