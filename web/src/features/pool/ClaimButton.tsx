import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PoolEntry, PoolRow } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { hindrance } from './entry';
import { useClaim } from './pools';

type Props = { pool: PoolRow; entry: PoolEntry; block?: boolean; onDone?: () => void };

/** Takes the record; why it cannot be taken stands beside the button. */
export function ClaimButton({ pool, entry, block, onDone }: Props) {
  const { t } = useTranslation('pool');
  const say = useToast();
  const navigate = useNavigate();
  const claim = useClaim();
  const why = hindrance(pool, entry);
  if (why === 'notClaimant') return null;
  const reason = why && t(`why.${why}`, { until: dateTime(entry.locked_until), count: pool.my.held });
  return (
    <span title={reason ?? undefined}>
      <Button
        type="primary"
        block={block}
        size={block ? 'large' : 'small'}
        disabled={why !== null}
        loading={claim.isPending}
        aria-label={t('claimOne', { title: entry.title })}
        onClick={() => {
          claim.mutate(
            { type: entry.record_type, id: entry.record_id },
            {
              onSuccess: () => {
                say('ok', t('claimed', { title: entry.title }), {
                  label: t('open'),
                  run: () => void navigate(recordPath(entry.record_type, entry.record_id)),
                });
                onDone?.();
              },
              onError: (error) => {
                say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
              },
            },
          );
        }}
      >
        {t('claim')}
      </Button>
      {block && reason && <small className="muted">{reason}</small>}
    </span>
  );
}
