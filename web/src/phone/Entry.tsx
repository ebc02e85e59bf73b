import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '@/features/identity/session';
import { listed } from '@/ui/format';
import { useMark } from './outbox/mark';
import css from './phone.module.css';

/** The way into recording a follow-up, and what still lies on this phone. */
export function Entry() {
  const { t } = useTranslation('phone');
  const { id } = useMe();
  const cache = useQueryClient();
  const mark = useMark(id);
  useEffect(() => {
    void import('./offline/ready').then(({ makeReady }) => makeReady(cache, id));
  }, [cache, id]);
  const parts = (['stuck', 'waiting', 'unfinished'] as const).filter((key) => mark[key] > 0).map((key) => t(`outbox.${key}`, { count: mark[key] }));
  return (
    <div className={css.entry}>
      <Link to="/followup" className={css.record}>
        {t('recordFollowUp')}
      </Link>
      {parts.length > 0 && (
        <Link to="/outbox" className={css.asks} data-tone={mark.stuck ? 'bad' : undefined}>
          {listed(parts)}
        </Link>
      )}
    </div>
  );
}
