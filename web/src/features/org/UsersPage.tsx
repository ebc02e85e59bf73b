import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { DataTable } from '@/ui/DataTable';
import { Empty, Failure, Loading } from '@/ui/faces';
import { ago, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './admin.module.css';
import { useUsers } from './admin';

const UserSheet = lazy(() => import('./UserSheet'));

/** The people of the company, their places and roles. */
export default function UsersPage() {
  const { t } = useTranslation('org');
  const name = useName();
  const [text, setText] = useState('');
  const q = useRested(text.trim());
  const users = useUsers({ q: q || undefined });
  const [opened, setOpened] = useState<User | 'new' | null>(null);
  const rows = users.data?.pages.flatMap((page) => page.items) ?? [];
  const total = users.data?.pages[0]?.count ?? 0;
  const isShut = users.isError && !text;
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('users.title')}</h1>
        {!isShut && (
          <>
            <span className="muted">{t('total', { ns: 'ui', count: total, replace: { count: number(total) } })}</span>
            <Input.Search
              style={{ width: 220 }}
              aria-label={t('users.search')}
              placeholder={t('users.search')}
              value={text}
              allowClear
              onChange={(event) => {
                setText(event.target.value);
              }}
            />
            <Button
              type="primary"
              onClick={() => {
                setOpened('new');
              }}
            >
              {t('users.add')}
            </Button>
          </>
        )}
      </div>
      <div className={css.table}>
        {!users.data ? (
          users.error ? (
            <Failure error={users.error} retry={() => void users.refetch()} />
          ) : (
            <Loading rows={10} />
          )
        ) : (
          <DataTable
            label={t('users.title')}
            rows={rows}
            rowName={(user) => user.name}
            onOpen={setOpened}
            empty={<Empty />}
            columns={[
              {
                key: 'name',
                title: t('users.name'),
                width: 180,
                fixed: true,
                draw: (user) => (
                  <button
                    type="button"
                    className="plain row"
                    onClick={() => {
                      setOpened(user);
                    }}
                  >
                    <Avatar name={user.name} size={24} />
                    <span className={user.is_active ? undefined : css.off}>{user.name}</span>
                  </button>
                ),
              },
              { key: 'username', title: t('users.username'), width: 140, draw: (user) => user.username },
              { key: 'unit', title: t('users.unit'), width: 160, draw: (user) => user.positions.map((one) => one.unit.name).join(' / ') },
              { key: 'role', title: t('users.role'), width: 160, draw: (user) => user.positions.map((one) => name(one.role.name)).join(' / ') },
              { key: 'superior', title: t('users.superior'), width: 120, draw: (user) => user.positions.map((one) => one.superior?.name).filter(Boolean).join(' / ') },
              { key: 'status', title: t('status', { ns: 'ui' }), width: 90, draw: (user) => t(user.is_active ? 'users.active' : 'users.inactive') },
              { key: 'last', title: t('users.lastLogin'), width: 130, draw: (user) => ago(user.last_login) },
            ]}
            footer={
              users.hasNextPage && (
                <div className={css.more}>
                  <Button size="small" loading={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
                    {t('loadMore', { ns: 'ui' })}
                  </Button>
                </div>
              )
            }
          />
        )}
      </div>
      {opened && (
        <Suspense fallback={null}>
          <UserSheet
            user={opened === 'new' ? null : opened}
            onClose={() => {
              setOpened(null);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
