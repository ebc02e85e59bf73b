import { Button, Checkbox, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NewPosition, User } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { PositionFields } from './PositionFields';
import css from './admin.module.css';
import { useResetPassword, useSaveUser } from './admin';

const HandoverSheet = lazy(() => import('./HandoverSheet'));

function positionsOf(user: User | null): NewPosition[] {
  return (user?.positions ?? []).map((one) => ({
    unit_id: one.unit.id,
    role_id: one.role.id,
    title: one.title,
    superior_id: one.superior?.id ?? null,
    is_primary: one.is_primary,
  }));
}

/** One person: sign-in, places, and whether they may come in. */
export default function UserSheet({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t } = useTranslation('org');
  const say = useToast();
  const mayHandOver = useAllowed('people.hand_over');
  const [handing, setHanding] = useState(false);
  const save = useSaveUser();
  const reset = useResetPassword();
  const [form, setForm] = useState({
    username: user?.username ?? '',
    name: user?.name ?? '',
    email: user?.email ?? '',
    phone: user?.phone ?? '',
    locale: user?.locale === 'en-US' ? ('en-US' as const) : ('zh-CN' as const),
  });
  const [active, setActive] = useState(user?.is_active ?? true);
  const [password, setPassword] = useState('');
  const [positions, setPositions] = useState(() => positionsOf(user));
  const problem = problemOf(save.error) ?? problemOf(reset.error);
  const errorOf = (field: string) => problem?.errors.find((one) => one.field.endsWith(field))?.message;

  const send = async () => {
    try {
      if (user) {
        await save.mutateAsync({ id: user.id, version: user.version, changes: { ...form, is_active: active, positions } });
        if (password) await reset.mutateAsync({ id: user.id, password });
      } else {
        await save.mutateAsync({ made: { ...form, password: password || null, positions } });
      }
      say('ok', t('saved', { ns: 'ui' }));
      onClose();
    } catch (error) {
      const refused = problemOf(error);
      say('bad', refused?.message ?? t('failed', { ns: 'ui' }));
      // Whoever still holds something hands it over first; that closes the account too.
      if (refused?.problem.code === 'handover_incomplete') setHanding(true);
    }
  };
  const text = (key: 'username' | 'name' | 'email' | 'phone') => (
    <label key={key}>
      {t(`users.${key}`)}
      <Input
        value={form[key]}
        status={errorOf(key) ? 'error' : ''}
        autoComplete="off"
        onChange={(event) => {
          setForm({ ...form, [key]: event.target.value });
        }}
      />
      {errorOf(key) && <span className={css.bad}>{errorOf(key)}</span>}
    </label>
  );
  return (
    <Sheet
      title={user ? user.name : t('users.add')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          {user && mayHandOver && (
            <Button style={{ marginRight: 'auto' }} onClick={() => { setHanding(true); }}>
              {t('handover.open')}
            </Button>
          )}
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button type="primary" loading={save.isPending} disabled={!form.username || !form.name} onClick={() => void send()}>
            {t('save', { ns: 'ui' })}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {(['name', 'username', 'phone', 'email'] as const).map(text)}
        <div data-field="true">
          {t('users.language')}
          <Select
            aria-label={t('users.language')}
            value={form.locale}
            onChange={(locale) => {
              setForm({ ...form, locale });
            }}
            options={[
              { value: 'zh-CN', label: t('languages.zh') },
              { value: 'en-US', label: t('languages.en') },
            ]}
          />
        </div>
        <label>
          {t(user ? 'users.newPassword' : 'users.firstPassword')}
          <Input.Password
            autoComplete="new-password"
            value={password}
            status={errorOf('password') ? 'error' : ''}
            onChange={(event) => {
              setPassword(event.target.value);
            }}
          />
          <span className="muted">{t('users.passwordHint')}</span>
        </label>
        <PositionFields positions={positions} onChange={setPositions} user={user} />
        {user && (
          <Checkbox
            checked={active}
            onChange={(event) => {
              setActive(event.target.checked);
            }}
          >
            {t('users.mayComeIn')}
          </Checkbox>
        )}
        {problem && <p className={css.bad}>{problem.message}</p>}
      </div>
      {user && handing && (
        <Suspense fallback={null}>
          <HandoverSheet person={user} isActive={user.is_active} onClose={() => { setHanding(false); }} />
        </Suspense>
      )}
    </Sheet>
  );
}
