import { Checkbox, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Import, ImportChange, TypeMeta } from '@/api/types';
import { useAllowed, useMe } from '@/features/identity/session';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useName } from '@/ui/names';
import css from './Imports.module.css';
import { useChangeImport } from './imports';
import { matchable } from './targets';

/** What is done with rows that exist already, whose they are, and whether they are history. */
export function ImportOptions({ job, type }: { job: Import; type?: TypeMeta }) {
  const { t } = useTranslation('transfer');
  const name = useName();
  const mayOpen = useAllowed('import.opening');
  const me = useMe();
  const change = useChangeImport(job.id);
  if (!type) return <p className="muted">{t('orgHint')}</p>;
  return (
    <div className={css.choices}>
      <Radio.Group
        aria-label={t('policy')}
        value={job.policy}
        onChange={(event) => {
          change.mutate({ policy: event.target.value as ImportChange['policy'] });
        }}
        options={(['create', 'update', 'both'] as const).map((key) => ({ value: key, label: t(`policies.${key}`) }))}
      />
      <div data-field="true" className={css.inline}>
        {t('matchOn')}
        <Select
          mode="multiple"
          aria-label={t('matchOn')}
          style={{ minWidth: 240 }}
          value={job.match_on}
          placeholder={t('matchOnNone')}
          options={matchable(job.mapping, type).map((field) => ({ value: field.key, label: name(field.name) }))}
          onChange={(match_on) => {
            change.mutate({ match_on });
          }}
        />
      </div>
      <div data-field="true" className={css.inline}>
        {t('defaultOwner')}
        <span style={{ minWidth: 240 }}>
          <PersonPicker
            label={t('defaultOwner')}
            value={job.owner_id}
            known={job.owner_id === me.id ? me : null}
            onChange={(owner_id) => {
              change.mutate({ owner_id });
            }}
          />
        </span>
      </div>
      {type.has_process && (
        <div>
          <Checkbox
            checked={job.opening}
            disabled={!mayOpen}
            onChange={(event) => {
              change.mutate({ opening: event.target.checked });
            }}
          >
            {t('opening')}
          </Checkbox>
          <p className="muted">{t('openingHint')}</p>
        </div>
      )}
    </div>
  );
}
