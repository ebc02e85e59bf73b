import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SupportSetup } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Moving } from '@/ui/setup/Moving';
import { NameFields } from '@/ui/setup/NameFields';
import { SetupFrame } from '@/ui/setup/SetupFrame';
import { freshKey, NO_NAMES, replaced } from '@/ui/setup/draft';
import css from '@/ui/setup/setup.module.css';
import { useSupportSetup, type Definition, type HelpKind, type Tried } from './definition';
import { RuleLine } from './RuleLine';

type FormProps = { setup: SupportSetup; draft: Definition; set: (draft: Definition) => void };

function Rules({ setup, draft, set }: FormProps) {
  const { t } = useTranslation('support');
  return (
    <section className={css.panel} aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      <p className="muted">{t('rules.order')}</p>
      {draft.rules.map((_, place) => (
        <RuleLine key={place} place={place} setup={setup} draft={draft} set={set} />
      ))}
      <Button onClick={() => { set({ ...draft, rules: [...draft.rules, { kind: null, unit_id: null, to: { head: null } }] }); }}>{t('rules.add')}</Button>
    </section>
  );
}

function Kinds({ list, word, draft, set }: { list: 'kinds' | 'helps'; word: string } & Omit<FormProps, 'setup'>) {
  const { t } = useTranslation('support');
  const name = useName();
  const kinds: HelpKind[] = draft[list];
  const write = (next: HelpKind[]) => { set({ ...draft, [list]: next }); };
  return (
    <section className={css.panel} aria-labelledby={list}>
      <h2 id={list}>{t(`rules.${list}`)}</h2>
      <p className="muted">{t(`rules.${list}Hint`)}</p>
      {kinds.map((one, place) => {
        const own = name(one.name) || `${t(`rules.${list}`)} ${place + 1}`;
        return (
          <div key={one.key} className={css.row}>
            <div>
              <NameFields label={own} names={one.name} onChange={(next) => { write(replaced(kinds, place, { ...one, name: next })); }} />
              {list === 'helps' && (
                <div className={css.ticks}>
                  {(['is_substantive', 'needs_text'] as const).map((key) => (
                    <Checkbox key={key} checked={one[key] === true} onChange={(event) => { write(replaced(kinds, place, { ...one, [key]: event.target.checked })); }}>
                      {t(`rules.${key}`)}
                    </Checkbox>
                  ))}
                </div>
              )}
            </div>
            <Moving name={own} list={kinds} place={place} onChange={write} />
          </div>
        );
      })}
      <Button onClick={() => { write([...kinds, { key: freshKey(word, kinds), name: NO_NAMES }]); }}>{t(`rules.${list}Add`)}</Button>
    </section>
  );
}

function Sentences({ list }: { list: string[] }) {
  const { t } = useTranslation('support');
  return list.length === 0 ? (
    <p className="muted">{t('rules.noRules')}</p>
  ) : (
    <ul>
      {list.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function TriedOut({ found }: { found: Tried }) {
  const { t } = useTranslation('support');
  const name = useName();
  return (
    <>
      <p>{t('rules.triedCases', { count: found.cases, moved: found.moved })}</p>
      <ul>
        {found.people.map((one) => (
          <li key={one.person?.id ?? 0}>{t('rules.triedPerson', { name: one.person?.name ?? t('nobody'), now: one.now, then: one.then })}</li>
        ))}
        {found.kinds
          .filter((kind) => kind.state !== 'same')
          .map((kind) => (
            <li key={kind.key}>{t(kind.state === 'removed' ? 'rules.triedGone' : 'rules.triedKind', { name: name(kind.name), state: t(`setup.state.${kind.state}`, { ns: 'ui' }), count: kind.ongoing })}</li>
          ))}
      </ul>
      <h3>{t('rules.says')}</h3>
      <Sentences list={found.sentences} />
    </>
  );
}

/** Who helps with what, what counts as help; published in versions. */
export default function RulesPage() {
  const { t } = useTranslation('support');
  const name = useName();
  const { setup, rehearse, publish } = useSupportSetup();
  return (
    <div className={css.page}>
      <h1>{t('rules.page')}</h1>
      <Faces query={setup} rows={8}>
        {(data) => (
          <SetupFrame
            name="support"
            setup={data}
            publish={publish}
            rehearse={rehearse}
            form={(draft: Definition, set) => (
              <>
                <Rules setup={data} draft={draft} set={set} />
                <Kinds list="kinds" word="kind" draft={draft} set={set} />
                <Kinds list="helps" word="help" draft={draft} set={set} />
              </>
            )}
            tried={(found) => <TriedOut found={found} />}
            says={(version) => {
              const definition = version.definition as unknown as Definition;
              return (
                <>
                  <Sentences list={version.sentences} />
                  <p className="muted">
                    {definition.kinds.map((one) => name(one.name)).join(' · ')}
                    <br />
                    {definition.helps.map((one) => name(one.name)).join(' · ')}
                  </p>
                </>
              );
            }}
          />
        )}
      </Faces>
    </div>
  );
}
