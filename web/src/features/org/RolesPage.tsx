import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { RoleForm } from './RoleForm';
import css from './admin.module.css';
import { usePermissions, useRoles } from './admin';

/** What each role may do, per record type and verb, and how far it reaches. */
export default function RolesPage({ typeName }: { typeName: (key: string) => string }) {
  const { t } = useTranslation('org');
  const name = useName();
  const roles = useRoles();
  const permissions = usePermissions();
  const [chosen, setChosen] = useState<number | 'new' | null>(null);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('roles.title')}</h1>
        <Button
          type="primary"
          onClick={() => {
            setChosen('new');
          }}
        >
          {t('roles.add')}
        </Button>
      </div>
      <Faces query={roles}>
        {(list) => {
          const role = chosen === 'new' ? null : (list.find((one) => one.id === chosen) ?? list[0] ?? null);
          return (
            <div className={css.split}>
              <nav className={css.panel} aria-label={t('roles.title')}>
                <div className={css.roles}>
                  {list.map((one) => (
                    <button
                      key={one.id}
                      type="button"
                      aria-current={one.id === role?.id ? 'true' : undefined}
                      onClick={() => {
                        setChosen(one.id);
                      }}
                    >
                      <span>{name(one.name)}</span>
                      <span className="muted">{t('units.people', { count: one.holders })}</span>
                    </button>
                  ))}
                </div>
              </nav>
              <section className={css.panel}>
                <Faces query={permissions}>
                  {(words) => (
                    <RoleForm key={`${role?.id ?? 'new'}-${role?.version ?? 0}`} role={role} words={words} typeName={typeName} onMade={setChosen} />
                  )}
                </Faces>
              </section>
            </div>
          );
        }}
      </Faces>
    </div>
  );
}
