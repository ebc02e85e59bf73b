import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Capability, Grant, Permissions, Role, Scope, Verb } from '@/api/types';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { CustomScopes } from './CustomScopes';
import css from './admin.module.css';
import { useSaveRole } from './admin';
import { isComplete, scopeOf, withGrant } from './grants';

type Props = { role: Role | null; words: Permissions; typeName: (key: string) => string; onMade: (id: number) => void };

/** One role as a matrix of record types and verbs, and its administrative capabilities. */
export function RoleForm({ role, words, typeName, onMade }: Props) {
  const { t } = useTranslation('org');
  const name = useName();
  const say = useToast();
  const save = useSaveRole();
  const [names, setNames] = useState({ 'zh-CN': role?.name['zh-CN'] ?? '', 'en-US': role?.name['en-US'] ?? '' });
  const [grants, setGrants] = useState<Grant[]>(role?.grants ?? []);
  const [capabilities, setCapabilities] = useState<Capability[]>((role?.capabilities ?? []) as Capability[]);
  const types = ['*', ...words.record_types];
  const send = () => {
    save.mutate(
      { role, form: { name: names, grants, capabilities } },
      {
        onSuccess: (kept) => {
          say('ok', t('saved', { ns: 'ui' }));
          onMade(kept.id);
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <div className={css.form}>
      <div className={css.position}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language} className={css.field}>
            {t(`roles.name.${language}`)}
            <Input
              value={names[language]}
              onChange={(event) => {
                setNames({ ...names, [language]: event.target.value });
              }}
            />
          </label>
        ))}
      </div>
      <div className={css.scroll}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('roles.recordType')}</th>
              {words.verbs.map((verb) => (
                <th key={verb.key} scope="col">
                  {name(verb.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {types.map((type) => (
              <tr key={type}>
                <th scope="row">{type === '*' ? t('roles.everyType') : typeName(type)}</th>
                {words.verbs.map((verb) => {
                  const scope = scopeOf(grants, type, verb.key);
                  return (
                    <td key={verb.key}>
                      <select
                        aria-label={`${type === '*' ? t('roles.everyType') : typeName(type)} ${name(verb.name)}`}
                        data-scope={scope}
                        value={scope}
                        onChange={(event) => {
                          setGrants(withGrant(grants, type, verb.key as Verb, event.target.value as Scope));
                        }}
                      >
                        {words.scopes.map((one) => (
                          <option key={one.key} value={one.key}>
                            {name(one.name)}
                          </option>
                        ))}
                      </select>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CustomScopes grants={grants} onChange={setGrants} words={words} typeName={(type) => (type === '*' ? t('roles.everyType') : typeName(type))} />
      <div>
        <h3>{t('roles.capabilities')}</h3>
        <div className={css.capabilities}>
          {words.capabilities.map((capability) => (
            <Checkbox
              key={capability.key}
              checked={capabilities.includes(capability.key as Capability)}
              onChange={(event) => {
                const key = capability.key as Capability;
                setCapabilities(event.target.checked ? [...capabilities, key] : capabilities.filter((one) => one !== key));
              }}
            >
              {name(capability.name)}
            </Checkbox>
          ))}
        </div>
      </div>
      <div className={css.footer}>
        <Button type="primary" loading={save.isPending} disabled={(!names['zh-CN'] && !names['en-US']) || !isComplete(grants)} onClick={send}>
          {t('save', { ns: 'ui' })}
        </Button>
      </div>
    </div>
  );
}
