import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PoolStanding } from '@/api/types';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { ClaimButton } from './ClaimButton';
import css from './Pool.module.css';
import { Stays } from './Stays';
import { usePools, useStanding } from './pools';

const ReleaseDialog = lazy(() => import('./ReleaseDialog'));

function Words({ standing, isOwned }: { standing: PoolStanding; isOwned: boolean }) {
  const { t } = useTranslation('pool');
  const name = useName();
  if (!isOwned) {
    const pool = name(standing.pool?.name);
    return <p>{standing.entry ? t('liesIn', { pool, why: standing.entry.why }) : t('unowned')}</p>;
  }
  return (
    <>
      {standing.coming && <p className={css.coming}>{t('coming', { at: dateTime(standing.coming.at), rule: standing.coming.sentence })}</p>}
      {standing.protected_until && <p className="muted">{t('protectedUntil', { at: dateTime(standing.protected_until) })}</p>}
      {!standing.coming && !standing.protected_until && <p className="muted">{t('outside')}</p>}
    </>
  );
}

type Props = { type: string; id: number; isOwned: boolean; isClosed?: boolean };

/** How a record stands with its pool: why it lies there, when it goes back, and the way back. */
export function RecordPool({ type, id, isOwned, isClosed = false }: Props) {
  const { t } = useTranslation('pool');
  const navigate = useNavigate();
  const pools = usePools();
  const hasPool = pools.data?.some((pool) => pool.record_type === type) ?? false;
  const standing = useStanding(type, id, hasPool && !isClosed);
  const [opened, setOpened] = useState<'release' | 'past' | null>(null);
  const data = standing.data;
  if (!data || isClosed) return null;
  const pool = pools.data?.find((one) => one.id === data.entry?.pool_id);
  const mayGive = data.may_release || data.may_put_in;
  if (isOwned && !mayGive && data.stays.length === 0 && !data.coming) return null;
  return (
    <section className={css.panel} aria-label={t('pool')}>
      <Words standing={data} isOwned={isOwned} />
      <span className="row">
        {data.stays.length > 0 && (
          <Button size="small" type="text" onClick={() => { setOpened('past'); }}>
            {t('whoHad')}
          </Button>
        )}
        {mayGive && (
          <Button size="small" onClick={() => { setOpened('release'); }}>
            {t(data.may_release ? 'release' : 'putIn')}
          </Button>
        )}
        {pool && data.entry && <ClaimButton pool={pool} entry={data.entry} />}
      </span>
      <Suspense fallback={null}>
        {opened === 'release' && (
          <ReleaseDialog
            type={type}
            id={id}
            standing={data}
            onClose={() => { setOpened(null); }}
            onReleased={() => {
              setOpened(null);
              if (data.may_release) void navigate('/pools');
            }}
          />
        )}
      </Suspense>
      {opened === 'past' && (
        <Sheet title={t('whoHad')} onClose={() => { setOpened(null); }}>
          <Stays stays={data.stays} />
        </Sheet>
      )}
    </section>
  );
}
