import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { useName } from '@/ui/names';
import css from './NodeSheet.module.css';
import { sourceKinds, type Source, type SourceKind } from './definition';
import { useVocabulary } from './vocabulary';

const fromSomebody: SourceKind[] = ['superior', 'levels', 'unit_head'];

function bare(kind: SourceKind, role: string): Source {
  if (kind === 'superior') return { kind, level: 1 };
  if (kind === 'levels') return { kind, level: 2 };
  if (kind === 'role') return { kind, role };
  if (kind === 'persons') return { kind, persons: [] };
  return { kind };
}

function OneSource({ source, kinds, onChange }: { source: Source; kinds: SourceKind[]; onChange: (source: Source) => void }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const { roles } = useVocabulary();
  const roleOptions = roles.map((role) => ({ value: role.key, label: name(role.name) }));
  return (
    <>
      <Select
        aria-label={t('flow.source.title')}
        value={source.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`flow.source.${kind}`) }))}
        onChange={(kind: SourceKind) => {
          onChange(bare(kind, roles[0]?.key ?? ''));
        }}
      />
      {(source.kind === 'superior' || source.kind === 'levels') && (
        <label className={css.field}>
          <span>{t(source.kind === 'superior' ? 'flow.source.level' : 'flow.source.levels_count')}</span>
          <InputNumber
            min={1}
            max={12}
            value={source.level ?? 1}
            onChange={(level) => {
              onChange({ ...source, level: level ?? 1 });
            }}
          />
        </label>
      )}
      {source.kind === 'levels' && (
        <Select
          aria-label={t('flow.source.until')}
          placeholder={t('flow.source.until')}
          value={source.until_role || undefined}
          allowClear={{ clearIcon: <DeleteOutlined /> }}
          options={roleOptions}
          onChange={(role: string | undefined) => {
            onChange({ ...source, until_role: role });
          }}
        />
      )}
      {source.kind === 'role' && (
        <Select
          aria-label={t('flow.source.role')}
          value={source.role}
          options={roleOptions}
          onChange={(role: string) => {
            onChange({ ...source, role });
          }}
        />
      )}
      {source.kind === 'persons' && (
        <PeoplePicker
          label={t('flow.source.persons')}
          value={source.persons ?? []}
          onChange={(persons) => {
            onChange({ ...source, persons });
          }}
        />
      )}
      {source.kind === 'chosen' && (
        <label className={css.field}>
          <span>{t('flow.source.atMost')}</span>
          <InputNumber
            min={1}
            max={50}
            value={source.at_most ?? 5}
            onChange={(count) => {
              onChange({ ...source, at_most: count ?? 5 });
            }}
          />
        </label>
      )}
      {fromSomebody.includes(source.kind) && (
        <Select
          aria-label={t('flow.source.whose')}
          value={source.whose ?? 'requester'}
          options={(['requester', 'owner'] as const).map((whose) => ({ value: whose, label: t(`flow.whose.${whose}`) }))}
          onChange={(whose: 'requester' | 'owner') => {
            onChange({ ...source, whose });
          }}
        />
      )}
    </>
  );
}

type Props = { sources: Source[]; deciding: boolean; onChange: (sources: Source[]) => void };

/** Where the people of a node come from; several sources add up. */
export function SourceFields({ sources, deciding, onChange }: Props) {
  const { t } = useTranslation('approvals');
  const kinds = sourceKinds.filter((kind) => !(deciding && kind === 'requester'));
  return (
    <div className={css.field} role="group" aria-label={t(deciding ? 'flow.who' : 'flow.whoIsTold')}>
      <span>{t(deciding ? 'flow.who' : 'flow.whoIsTold')}</span>
      {sources.map((source, index) => (
        <div key={index} className={css.block}>
          <OneSource
            source={source}
            kinds={kinds}
            onChange={(next) => {
              onChange(sources.map((one, at) => (at === index ? next : one)));
            }}
          />
          {sources.length > 1 && (
            <Button
              size="small"
              type="text"
              danger
              onClick={() => {
                onChange(sources.filter((_, at) => at !== index));
              }}
            >
              {t('remove', { ns: 'ui' })}
            </Button>
          )}
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => {
          onChange([...sources, { kind: 'superior', level: 1 }]);
        }}
      >
        {t('flow.source.add')}
      </Button>
    </div>
  );
}
