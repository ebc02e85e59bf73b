import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { SupportSetup } from '@/api/types';
import { PersonPicker } from '@/features/org/PersonPicker';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useSetup } from './queries';
import css from './support.module.css';

type Names = { 'zh-CN': string; 'en-US': string };
type Rule = { kind?: string | null; unit_id?: number | null; to: { person?: number; role?: string; head?: number | null } };
type Definition = { kinds: { key: string; name: Names }[]; helps: { key: string; name: Names; is_substantive?: boolean; needs_text?: boolean }[]; rules: Rule[] };

function RuleLine({ rule, place, setup, definition, onChange }: { rule: Rule; place: number; setup: SupportSetup; definition: Definition; onChange: (rule: Rule | null) => void }) {
  const { t } = useTranslation('support');
  const name = useName();
  const target = Object.keys(rule.to)[0] ?? 'head';
  const label = (what: string) => t('rules.of', { what, number: place + 1 });
  return (
    <div className={css.rule}>
      <select aria-label={label(t('rules.unit'))} value={rule.unit_id ?? ''} onChange={(event) => { onChange({ ...rule, unit_id: Number(event.target.value) || null }); }}>
        <option value="">{t('rules.everywhere')}</option>
        {setup.units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit.name}
          </option>
        ))}
      </select>
      <select aria-label={label(t('kind'))} value={rule.kind ?? ''} onChange={(event) => { onChange({ ...rule, kind: event.target.value || null }); }}>
        <option value="">{t('rules.anyKind')}</option>
        {definition.kinds.map((kind) => (
          <option key={kind.key} value={kind.key}>
            {name(kind.name)}
          </option>
        ))}
      </select>
      <select
        aria-label={label(t('rules.who'))}
        value={target}
        onChange={(event) => {
          const next = event.target.value;
          onChange({ ...rule, to: next === 'role' ? { role: setup.roles[0]?.key } : next === 'person' ? { person: 0 } : { head: null } });
        }}
      >
        {['head', 'role', 'person'].map((key) => (
          <option key={key} value={key}>
            {t(`rules.${key}`)}
          </option>
        ))}
      </select>
      {target === 'role' && (
        <select aria-label={label(t('rules.role'))} value={rule.to.role} onChange={(event) => { onChange({ ...rule, to: { role: event.target.value } }); }}>
          {setup.roles.map((role) => (
            <option key={role.key} value={role.key}>
              {name(role.name)}
            </option>
          ))}
        </select>
      )}
      {target === 'person' && (
        <PersonPicker label={label(t('rules.person'))} value={rule.to.person || undefined} known={setup.people.find((one) => one.id === rule.to.person)} onChange={(id) => { onChange({ ...rule, to: { person: id ?? 0 } }); }} />
      )}
      {target === 'head' && (
        <select aria-label={label(t('rules.head'))} value={rule.to.head ?? ''} onChange={(event) => { onChange({ ...rule, to: { head: Number(event.target.value) || null } }); }}>
          <option value="">{t('rules.ownHead')}</option>
          {setup.units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </select>
      )}
      <button type="button" className={css.button} aria-label={label(t('rules.remove'))} onClick={() => { onChange(null); }}>
        ✕
      </button>
    </div>
  );
}

function Editor({ setup, publish }: { setup: SupportSetup; publish: ReturnType<typeof useSetup>['publish'] }) {
  const { t } = useTranslation('support');
  const name = useName();
  const say = useToast();
  const [definition, setDefinition] = useState(setup.definition as unknown as Definition);
  const problem = problemOf(publish.error);
  const rename = (list: 'kinds' | 'helps', place: number, language: keyof Names, text: string) => {
    setDefinition({ ...definition, [list]: definition[list].map((one, at) => (at === place ? { ...one, name: { ...one.name, [language]: text } } : one)) });
  };
  return (
    <>
      <section className={css.panel} aria-labelledby="rules">
        <h2 id="rules">{t('rules.title')}</h2>
        <p className="muted">{t('rules.order')}</p>
        <div className={css.form}>
          {definition.rules.map((rule, place) => (
            <RuleLine
              key={place}
              rule={rule}
              place={place}
              setup={setup}
              definition={definition}
              onChange={(next) => { setDefinition({ ...definition, rules: definition.rules.flatMap((one, at) => (at === place ? (next ? [next] : []) : [one])) }); }}
            />
          ))}
          <div className={css.actions}>
            <button type="button" onClick={() => { setDefinition({ ...definition, rules: [...definition.rules, { kind: null, unit_id: null, to: { head: null } }] }); }}>
              {t('rules.add')}
            </button>
          </div>
        </div>
      </section>
      {(['kinds', 'helps'] as const).map((list) => (
        <section key={list} className={css.panel} aria-labelledby={list}>
          <h2 id={list}>{t(`rules.${list}`)}</h2>
          <div className={css.form}>
            {definition[list].map((one, place) => (
              <div key={one.key} className={css.rule}>
                {(['zh-CN', 'en-US'] as const).map((language) => (
                  <input key={language} aria-label={`${name(one.name)} ${t(`rules.${language}`)}`} maxLength={60} value={one.name[language]} onChange={(event) => { rename(list, place, language, event.target.value); }} />
                ))}
                {'is_substantive' in one && (
                  <span className={css.tag} data-tone={one.is_substantive ? 'ok' : undefined}>
                    {t(one.is_substantive ? 'rules.counts' : 'rules.countsNot')}
                  </span>
                )}
              </div>
            ))}
          </div>
        </section>
      ))}
      {problem && (
        <p className={css.bad} role="alert">
          {problem.message}
        </p>
      )}
      <div className={css.actions}>
        <button type="button" data-primary disabled={publish.isPending} onClick={() => { publish.mutate({ version: setup.version, definition }, { onSuccess: (kept) => { say('ok', t('rules.published', { version: kept.version })); } }); }}>
          {t('rules.publish')}
        </button>
      </div>
    </>
  );
}

/** Who helps with what, what counts as help; published in versions. */
export default function RulesPage() {
  const { t } = useTranslation('support');
  const { setup, publish } = useSetup();
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('rules.page')}</h1>
      </div>
      <Faces query={setup} rows={8}>
        {(data) => (
          <>
            <p className="muted">
              {t('rules.version', { version: data.version })} {data.published_at && dateTime(data.published_at)} {data.published_by?.name}
            </p>
            <section className={css.panel} aria-labelledby="says">
              <h2 id="says">{t('rules.says')}</h2>
              <ol>
                {data.sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </section>
            <Editor key={data.version} setup={data} publish={publish} />
          </>
        )}
      </Faces>
    </div>
  );
}
