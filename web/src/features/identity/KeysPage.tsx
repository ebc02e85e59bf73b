import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useConfirm } from '@/ui/confirm';
import { CopyButton } from '@/ui/CopyButton';
import { DataTable } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { date, dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './KeysPage.module.css';
import { useApiKeys, useMakeKey, useRevokeKey } from './apiKeys';

/** One's own keys for programs; a secret is shown once. */
export default function KeysPage() {
  const { t } = useTranslation('identity');
  const say = useToast();
  const confirm = useConfirm();
  const keys = useApiKeys();
  const make = useMakeKey();
  const revoke = useRevokeKey();
  const [name, setName] = useState('');
  const create = () => {
    make.mutate(
      { name: name.trim(), expires_at: null },
      {
        onSuccess: () => {
          setName('');
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <div className={css.page}>
      <h1>{t('keys.title')}</h1>
      <p className="muted">{t('keys.hint')}</p>
      <div className={css.form}>
        <Input
          aria-label={t('keys.name')}
          placeholder={t('keys.name')}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <Button type="primary" disabled={!name.trim()} loading={make.isPending} onClick={create}>
          {t('keys.make')}
        </Button>
      </div>
      {make.data && (
        <div className={css.secret} role="status">
          <strong>{t('keys.once')}</strong>
          <code>{make.data.secret}</code>
          <CopyButton text={make.data.secret} />
        </div>
      )}
      <Faces query={keys} isEmpty={(list) => list.length === 0} empty={<Empty title={t('keys.none')} />}>
        {(list) => (
          <DataTable
            label={t('keys.title')}
            rows={list}
            rowName={(key) => key.name}
            columns={[
              { key: 'name', title: t('keys.name'), width: 200, draw: (key) => key.name },
              { key: 'prefix', title: t('keys.prefix'), width: 140, draw: (key) => <code>{key.prefix}…</code> },
              { key: 'created', title: t('keys.created'), width: 160, draw: (key) => dateTime(key.created_at) },
              { key: 'used', title: t('keys.used'), width: 120, draw: (key) => date(key.last_used_on) },
              {
                key: 'revoke',
                title: t('actions', { ns: 'ui' }),
                width: 100,
                draw: (key) => (
                  <Button
                    size="small"
                    danger
                    onClick={() => {
                      confirm({ title: t('keys.revokeTitle', { name: key.name }), ok: t('keys.revoke'), danger: true, run: () => revoke.mutateAsync(key.id) });
                    }}
                  >
                    {t('keys.revoke')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Faces>
    </div>
  );
}
