import { Button, Checkbox, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogSetup } from '@/api/types';
import { useName } from '@/ui/names';
import { Moving } from '@/ui/setup/Moving';
import { NameFields } from '@/ui/setup/NameFields';
import { freshKey, NO_NAMES, replaced } from '@/ui/setup/draft';
import css from '@/ui/setup/setup.module.css';
import { filled, type Definition, type EventType } from './definition';

type Props = { types: EventType[]; place: number; setup: LogSetup; onChange: (types: Definition['types']) => void };

/** One type of event: its names, what it asks for, its reasons, and what may help. */
export function TypeCard({ types, place, setup, onChange }: Props) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const type = types[place];
  const [isNew] = useState(() => !name(type?.name));
  if (!type) return null;
  const own = name(type.name) || t('settings.unnamed');
  const put = (part: Partial<EventType>) => { onChange(replaced(types, place, { ...type, ...part })); };
  const kind = setup.support_kinds.find((one) => one.key === type.support);
  const ticks = [
    ['needs_customer', 'needsCustomer', type.needs_customer !== false],
    ['needs_reason', 'needsReason', type.needs_reason === true],
  ] as const;
  return (
    <details className={css.thing} aria-label={own} open={isNew}>
      <summary>
        <strong>{own}</strong>
        <span className="muted">{[type.reasons?.length ? t('settings.reasonCount', { count: type.reasons.length }) : '', type.alternatives?.length ? t('settings.alternativeCount', { count: type.alternatives.length }) : '', kind ? name(kind.name) : ''].filter(Boolean).join(' · ')}</span>
      </summary>
      <Moving name={own} list={types} place={place} onChange={onChange} />
      <h3>{t('settings.name')}</h3>
      <NameFields label={t('settings.of', { of: own, what: t('settings.name') })} names={type.name} onChange={(next) => { put({ name: next }); }} />
      <div className={css.ticks}>
        {ticks.map(([key, word, value]) => (
          <Checkbox key={key} checked={value} onChange={(event) => { put({ [key]: event.target.checked }); }}>
            {t(`settings.${word}`)}
          </Checkbox>
        ))}
      </div>
      <h3>{t('settings.support')}</h3>
      <div className={css.ticks}>
        <Select
          aria-label={t('settings.of', { of: own, what: t('settings.support') })}
          style={{ minWidth: 180 }}
          value={type.support ?? ''}
          options={[{ value: '', label: t('settings.noSupport') }, ...setup.support_kinds.map((one) => ({ value: one.key, label: name(one.name) }))]}
          onChange={(key) => { put({ support: key || null, asks_support: key ? type.asks_support === true : false }); }}
        />
        <Checkbox disabled={!type.support} checked={type.asks_support === true} onChange={(event) => { put({ asks_support: event.target.checked }); }}>
          {t('settings.asks')}
        </Checkbox>
      </div>
      <Rows
        title={t('settings.reasons')}
        add={t('settings.addReason')}
        list={type.reasons ?? []}
        fresh={() => ({ key: freshKey('reason', type.reasons ?? []), name: NO_NAMES })}
        onChange={(reasons) => { put({ reasons }); }}
        row={(reason, at, change) => <NameFields label={t('settings.numbered', { what: t('settings.reasons'), number: at + 1 })} names={reason.name} onChange={(next) => { change({ ...reason, name: next }); }} />}
      />
      <h3>{t('advice')}</h3>
      <NameFields isLong most={500} label={t('settings.of', { of: own, what: t('advice') })} names={type.advice ?? undefined} onChange={(next) => { put({ advice: filled(next) }); }} />
      <Rows
        title={t('settings.alternatives')}
        add={t('settings.addAlternative')}
        list={type.alternatives ?? []}
        fresh={() => ({ name: NO_NAMES, text: NO_NAMES })}
        onChange={(alternatives) => { put({ alternatives }); }}
        row={(one, at, change) => (
          <div className={css.things}>
            <NameFields label={t('settings.numbered', { what: t('settings.alternatives'), number: at + 1 })} names={one.name} onChange={(next) => { change({ ...one, name: next }); }} />
            <NameFields isLong most={500} label={t('settings.numbered', { what: t('settings.alternativeText'), number: at + 1 })} names={one.text} onChange={(next) => { change({ ...one, text: next }); }} />
          </div>
        )}
      />
    </details>
  );
}

type RowsProps<T> = { title: string; add: string; list: T[]; fresh: () => T; onChange: (list: T[]) => void; row: (one: T, place: number, change: (next: T) => void) => ReactNode };

function Rows<T>({ title, add, list, fresh, onChange, row }: RowsProps<T>) {
  return (
    <>
      <h3>{title}</h3>
      {list.map((one, place) => (
        <div key={place} className={css.row}>
          {row(one, place, (next) => { onChange(replaced(list, place, next)); })}
          <Moving name={`${title} ${place + 1}`} list={list} place={place} onChange={onChange} />
        </div>
      ))}
      <Button onClick={() => { onChange([...list, fresh()]); }}>{add}</Button>
    </>
  );
}
