import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { useType } from '@/features/records/meta';
import { EventRows } from './EventRows';
import css from './Policy.module.css';
import { StepCards } from './StepCards';
import { PauseLimitFields, TargetFields, WarningRows } from './TimeFields';
import { eventKinds, put, type Definition } from './definition';

type Props = { definition: Definition; catalogue: PolicyCatalogue; onChange: (definition: Definition) => void };

/** Everything that a policy says, part by part. */
export function PolicyForm({ definition, catalogue, onChange }: Props) {
  const { t } = useTranslation('sla');
  const type = useType(definition.about);
  return (
    <div className={css.form}>
      <div className={css.pairs}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language}>
            {t(`calendar.name.${language}`)}
            <Input
              maxLength={60}
              value={definition.name[language] ?? ''}
              onChange={(event) => {
                onChange({ ...definition, name: { ...definition.name, [language]: event.target.value } });
              }}
            />
          </label>
        ))}
        {type?.has_process && (
          <div>
            {t('policy.subject.title')}
            <Select
              aria-label={t('policy.subject.title')}
              style={{ width: '100%' }}
              value={definition.subject ?? 'record'}
              options={['record', 'stage', ...(definition.subject?.startsWith('data:') ? [definition.subject] : [])].map((key) => ({
                value: key,
                label: key === 'record' || key === 'stage' ? t(`policy.subject.${key}`) : key,
              }))}
              onChange={(subject) => {
                onChange(put(definition, 'subject', subject === 'record' ? undefined : subject));
              }}
            />
          </div>
        )}
      </div>
      {eventKinds.slice(0, 1).map((kind) => (
        <EventRows key={kind} kind={kind} about={definition.about} catalogue={catalogue} events={definition[kind] ?? []} onChange={(events) => { onChange({ ...definition, [kind]: events }); }} />
      ))}
      <TargetFields definition={definition} onChange={onChange} />
      {eventKinds.slice(1).map((kind) => (
        <EventRows key={kind} kind={kind} about={definition.about} catalogue={catalogue} events={definition[kind] ?? []} onChange={(events) => { onChange(put(definition, kind, events)); }} />
      ))}
      <PauseLimitFields definition={definition} catalogue={catalogue} onChange={onChange} />
      <WarningRows definition={definition} catalogue={catalogue} onChange={onChange} />
      <StepCards
        steps={definition.steps ?? []}
        about={definition.about}
        basis={definition.target?.time ?? 'natural'}
        catalogue={catalogue}
        onChange={(steps) => {
          onChange(put(definition, 'steps', steps));
        }}
      />
    </div>
  );
}
