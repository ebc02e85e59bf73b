import { Button, Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LogSetup } from '@/api/types';
import { Faces } from '@/ui/faces';
import { listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { SetupFrame } from '@/ui/setup/SetupFrame';
import { freshKey, NO_NAMES } from '@/ui/setup/draft';
import css from '@/ui/setup/setup.module.css';
import { useLogSetup, type Definition, type Tried } from './definition';
import { TypeCard } from './TypeCard';

type FormProps = { setup: LogSetup; draft: Definition; set: (draft: Definition) => void };

function Times({ setup, draft, set }: FormProps) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const put = (part: Partial<Definition>) => { set({ ...draft, ...part }); };
  return (
    <section className={css.panel} aria-labelledby="times">
      <h2 id="times">{t('settings.times')}</h2>
      <div className={css.fields}>
        {(['reminder', 'due'] as const).map((key) => (
          <label key={key} className={css.field}>
            {t(`settings.${key}`)}
            <input type="time" value={draft[key]} onChange={(event) => { put({ [key]: event.target.value }); }} />
          </label>
        ))}
      </div>
      <h3>{t('settings.writers')}</h3>
      <Checkbox.Group value={draft.writers} options={setup.roles.map((role) => ({ value: role.key, label: name(role.name) }))} onChange={(writers) => { put({ writers }); }} />
      <h3>{t('settings.surge')}</h3>
      <div className={css.fields}>
        <label className={css.field}>
          {t('settings.percent')}
          <InputNumber controls={false} min={1} max={1000} value={draft.surge.percent} onChange={(percent) => { put({ surge: { ...draft.surge, percent: percent ?? 40 } }); }} />
        </label>
        <label className={css.field}>
          {t('settings.atLeast')}
          <InputNumber controls={false} min={1} max={10000} value={draft.surge.at_least} onChange={(count) => { put({ surge: { ...draft.surge, at_least: count ?? 5 } }); }} />
        </label>
      </div>
    </section>
  );
}

function Types({ setup, draft, set }: FormProps) {
  const { t } = useTranslation('saleslog');
  return (
    <section aria-labelledby="types">
      <h2 id="types">{t('settings.types')}</h2>
      <p className="muted">{t('settings.typesHint')}</p>
      <div className={css.things}>
        {draft.types.map((type, place) => (
          <TypeCard key={type.key} types={draft.types} place={place} setup={setup} onChange={(types) => { set({ ...draft, types }); }} />
        ))}
      </div>
      <p>
        <Button onClick={() => { set({ ...draft, types: [...draft.types, { key: freshKey('event', draft.types), name: NO_NAMES, needs_customer: true }] }); }}>{t('settings.addType')}</Button>
      </p>
    </section>
  );
}

function TriedOut({ found }: { found: Tried }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const moved = found.types.filter((type) => type.state !== 'same');
  return (
    <>
      <ul>
        <li>{t('settings.triedSurges', { now: found.surges_now, then: found.surges_then, day: found.since, count: found.events })}</li>
        <li>{t('settings.triedWriters', { now: found.writers_now, then: found.writers_then })}</li>
        {moved.map((type) => (
          <li key={type.key}>{t('settings.triedType', { name: name(type.name), state: t(`setup.state.${type.state}`, { ns: 'ui' }), count: type.events })}</li>
        ))}
      </ul>
      {moved.length === 0 && <p className="muted">{t('settings.triedSame')}</p>}
    </>
  );
}

function Says({ definition, setup }: { definition: Definition; setup: LogSetup }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  return (
    <>
      <p>{t('settings.saysTimes', { reminder: definition.reminder, due: definition.due, who: listed(setup.roles.filter((role) => definition.writers.includes(role.key)).map((role) => name(role.name))) })}</p>
      <p>{t('settings.saysSurge', { percent: definition.surge.percent, count: definition.surge.at_least })}</p>
      <ul>
        {definition.types.map((type) => (
          <li key={type.key}>
            {name(type.name)} <span className="muted">{listed((type.reasons ?? []).map((one) => name(one.name)))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Types of events, who writes logs, when, and what counts as a surge; published in versions. */
export default function SettingsPage() {
  const { t } = useTranslation('saleslog');
  const { setup, rehearse, publish } = useLogSetup();
  return (
    <div className={css.page}>
      <h1>{t('settings.page')}</h1>
      <Faces query={setup} rows={8}>
        {(data) => (
          <SetupFrame
            name="saleslog"
            setup={data}
            publish={publish}
            rehearse={rehearse}
            form={(draft: Definition, set) => (
              <>
                <Times setup={data} draft={draft} set={set} />
                <Types setup={data} draft={draft} set={set} />
              </>
            )}
            tried={(found) => <TriedOut found={found} />}
            says={(version) => <Says definition={version.definition as unknown as Definition} setup={data} />}
          />
        )}
      </Faces>
    </div>
  );
}
