import { Checkbox, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import css from './NodeSheet.module.css';
import { accesses, emptyRules, modes, rights, type Approve, type FormLine } from './definition';
import { useOperands, useVocabulary } from './vocabulary';

type Props = { node: Approve; form: FormLine[]; onChange: (settings: Partial<Approve>) => void };

function FieldAccess({ node, form, onChange }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const operands = useOperands();
  const nameOf = (line: FormLine) => name(line.name) || name(operands.find((one) => one.key === `field.${line.field ?? ''}`)?.name) || line.key;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t('flow.formField')}</th>
          {accesses.map((access) => (
            <th key={access} scope="col">
              {t(`flow.access.${access}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {form.map((line) => (
          <tr key={line.key}>
            <th scope="row">{nameOf(line)}</th>
            {accesses.map((access) => (
              <td key={access}>
                {!(line.field && access === 'edit') && (
                  <input
                    type="radio"
                    name={`access-${node.key}-${line.key}`}
                    aria-label={`${nameOf(line)} ${t(`flow.access.${access}`)}`}
                    checked={(node.fields?.[line.key] ?? 'read') === access}
                    onChange={() => {
                      onChange({ fields: { ...node.fields, [line.key]: access } });
                    }}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How a node decides: how many of them, what if nobody is found, its clock, what they may do and see. */
export function ApproveFields({ node, form, onChange }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const clearing = useClearing();
  const { policies } = useVocabulary();
  const isInTurn = node.sources.some((source) => source.kind === 'levels');
  const allowed = node.rights ?? [...rights];
  return (
    <>
      <div className={css.field} role="group" aria-label={t('flow.modeTitle')}>
        <span>{t('flow.modeTitle')}</span>
        <Radio.Group
          vertical
          value={isInTurn ? 'in_order' : (node.mode ?? 'all')}
          disabled={isInTurn}
          options={modes.map((mode) => ({ value: mode, label: t(`flow.modeLong.${mode}`) }))}
          onChange={(event) => {
            onChange({ mode: event.target.value as Approve['mode'] });
          }}
        />
      </div>
      <div className={css.field}>
        <span>{t('flow.emptyTitle')}</span>
        <Select
          aria-label={t('flow.emptyTitle')}
          value={node.empty ?? 'administrator'}
          options={emptyRules.map((rule) => ({ value: rule, label: t(`flow.empty.${rule}`) }))}
          onChange={(empty: Approve['empty']) => {
            onChange({ empty, empty_persons: empty === 'persons' ? (node.empty_persons ?? []) : undefined });
          }}
        />
        {node.empty === 'persons' && (
          <PeoplePicker
            label={t('flow.empty.persons')}
            value={node.empty_persons ?? []}
            onChange={(empty_persons) => {
              onChange({ empty_persons });
            }}
          />
        )}
      </div>
      <div className={css.field}>
        <span>{t('flow.policy')}</span>
        <Select
          aria-label={t('flow.policy')}
          allowClear={clearing}
          placeholder={t('flow.noPolicy')}
          value={node.policy || undefined}
          options={policies.map((policy) => ({ value: policy.key, label: name(policy.name) }))}
          onChange={(policy: string | undefined) => {
            onChange({ policy });
          }}
        />
      </div>
      <div className={css.field} role="group" aria-label={t('flow.rightsTitle')}>
        <span>{t('flow.rightsTitle')}</span>
        <div className={css.checks}>
          {rights.map((right) => (
            <Checkbox
              key={right}
              checked={allowed.includes(right)}
              onChange={(event) => {
                onChange({ rights: rights.filter((one) => (one === right ? event.target.checked : allowed.includes(one))) });
              }}
            >
              {t(`action.${right}`)}
            </Checkbox>
          ))}
        </div>
      </div>
      {form.length > 0 && (
        <div className={css.field}>
          <span>{t('flow.fieldsTitle')}</span>
          <FieldAccess node={node} form={form} onChange={onChange} />
        </div>
      )}
    </>
  );
}
