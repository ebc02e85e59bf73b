import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { problemOf } from '@/api/problem';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './settings.module.css';

const key = ['me', 'calendar'];

/** The secret address under which one's own calendar program reads what is due. */
export function CalendarAddress() {
  const { t } = useTranslation('notices');
  const say = useToast();
  const cache = useQueryClient();
  const [address, setAddress] = useState<string | null>(null);
  const state = useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/me/calendar')) });
  const onError = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  const make = useMutation({
    mutationFn: () => body(client.POST('/api/me/calendar')),
    onSuccess: (made) => {
      setAddress(made.address);
      cache.setQueryData(key, { made_at: made.made_at });
    },
    onError,
  });
  const end = useMutation({
    mutationFn: () => body(client.DELETE('/api/me/calendar')),
    onSuccess: () => {
      setAddress(null);
      cache.setQueryData(key, { made_at: null });
    },
    onError,
  });
  const since = state.data?.made_at;
  return (
    <section className={css.panel} aria-label={t('calendar.title')}>
      <h2>{t('calendar.title')}</h2>
      <div className={css.line}>
        <span className={css.label}>
          {since ? t('calendar.since', { at: dateTime(since) }) : t('calendar.off')}
          <small>{t('calendar.hint')}</small>
        </span>
        {since ? (
          <>
            <Popconfirm title={t('calendar.renewSure')} okText={t('calendar.renew')} cancelText={t('cancel', { ns: 'ui' })} onConfirm={() => { make.mutate(); }}>
              <Button loading={make.isPending}>{t('calendar.renew')}</Button>
            </Popconfirm>
            <Button danger loading={end.isPending} onClick={() => { end.mutate(); }}>
              {t('calendar.end')}
            </Button>
          </>
        ) : (
          <Button loading={make.isPending} disabled={!state.data} onClick={() => { make.mutate(); }}>
            {t('calendar.make')}
          </Button>
        )}
      </div>
      {address && (
        <label className={css.address}>
          <span>{t('calendar.once')}</span>
          <Input readOnly value={address} onFocus={(event) => { event.target.select(); }} />
        </label>
      )}
    </section>
  );
}
