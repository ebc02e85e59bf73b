import { CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { useName } from '@/ui/names';
import { EventCondition } from './EventCondition';
import css from './Policy.module.css';
import { put, type EventDefinition, type EventKind } from './definition';

/** The kinds of an entry that a clock may ask for, by how its verb ends. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  stage_entered: ['forward', 'back', 'skip', 'close', 'reopen'],
  routed: ['first', 'waited', 'by_hand', 'again'],
};

function listed(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

type DetailProps = { event: EventDefinition; label: string; catalogue: PolicyCatalogue; onChange: (event: EventDefinition) => void };

/** Which stages or kinds of moves an entry into a stage must be; any other test is kept as it was written, and told in words
 * unless the event's own say it. */
function Details({ event, label, catalogue, onChange }: DetailProps) {
  const { t } = useTranslation('sla');
  const name = useName();
  const where = event.where ?? {};
  const set = (key: string, values: string[]) => {
    const next = put(where, key, values.length > 0 ? values : undefined);
    onChange(put(event, 'where', Object.keys(next).length > 0 ? next : undefined));
  };
  const ending = event.verb.split('.')[1] ?? '';
  const kinds = kindsOf[ending];
  const isEntry = ending === 'stage_entered' || ending === 'opening_entered';
  const shown = [...(isEntry ? ['to'] : []), ...(kinds ? ['kind'] : [])];
  const toldOf = (key: string) => catalogue.details.find((one) => one.key === key && JSON.stringify(one.value) === JSON.stringify(where[key]))?.sentence;
  const kept = Object.keys(where).filter((key) => !shown.includes(key) && toldOf(key) !== '');
  return (
    <>
      {isEntry && catalogue.stages.length > 0 && (
        <Select
          mode="multiple"
          className={css.narrow}
          aria-label={t('policy.stages', { label })}
          placeholder={t('policy.anyStage')}
          value={listed(where['to'])}
          options={catalogue.stages.map((stage) => ({ value: stage.key, label: name(stage.name) }))}
          onChange={(values) => {
            set('to', values);
          }}
        />
      )}
      {kinds && (
        <Select
          mode="multiple"
          className={css.narrow}
          aria-label={t('policy.kinds', { label })}
          placeholder={t(`policy.anyKind.${ending}`)}
          value={listed(where['kind'])}
          options={kinds.map((key) => ({ value: key, label: t(`policy.kind.${key}`) }))}
          onChange={(values) => {
            set('kind', values);
          }}
        />
      )}
      {kept.map((key, place) => (
        <span key={key} className={css.test}>
          {toldOf(key) ?? (
            <code>
              {key} = {JSON.stringify(where[key])}
            </code>
          )}
          <button type="button" className="plain" aria-label={t('policy.removeTest', { label, place: place + 1 })} onClick={() => { set(key, []); }}>
            ×
          </button>
        </span>
      ))}
    </>
  );
}

type Props = { kind: EventKind; about: string; events: EventDefinition[]; catalogue: PolicyCatalogue; onChange: (events: EventDefinition[]) => void };

/** What does something to the clock: any of these, each perhaps only under a condition. */
export function EventRows({ kind, about, events, catalogue, onChange }: Props) {
  const { t } = useTranslation('sla');
  const label = t(`policy.events.${kind}`);
  const verbs = catalogue.verbs.map((verb) => ({ value: verb.key, label: verb.sentence }));
  const unknown = events.filter((event) => !verbs.some((verb) => verb.value === event.verb)).map((event) => ({ value: event.verb, label: event.verb }));
  const change = (place: number, event: EventDefinition) => {
    onChange(events.map((one, index) => (index === place ? event : one)));
  };
  return (
    <fieldset className={css.group}>
      <legend>{label}</legend>
      <p className="muted">{t(`policy.hint.${kind}`)}</p>
      {events.map((event, place) => {
        const own = t('policy.eventAt', { label, place: place + 1 });
        return (
          <div key={place} className={css.event}>
            <Select
              className={css.verb}
              aria-label={own}
              showSearch={{ optionFilterProp: 'label' }}
              value={event.verb}
              options={[...verbs, ...unknown]}
              onChange={(verb) => {
                change(place, { verb });
              }}
            />
            <Details event={event} label={own} catalogue={catalogue} onChange={(next) => { change(place, next); }} />
            <EventCondition
              label={own}
              about={about}
              catalogue={catalogue}
              value={event.when}
              onChange={(when) => {
                change(place, put(event, 'when', when));
              }}
            />
            <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('policy.remove', { what: own })} onClick={() => { onChange(events.filter((_one, index) => index !== place)); }} />
          </div>
        );
      })}
      <Select
        className={css.verb}
        aria-label={t('policy.addEvent', { label })}
        placeholder={t('policy.addEventHint')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={verbs}
        onChange={(verb: string | null) => {
          if (verb) onChange([...events, { verb }]);
        }}
      />
    </fieldset>
  );
}
