import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Merge } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useConfirm } from '@/ui/confirm';
import { dateTime, listed } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './MergeSheet.module.css';
import { useUndoMerge } from './merging';

/** One merge: who made it of what and why, what is doubtful about it, and undoing it. */
export function MergeItem({ merge, editable }: { merge: Merge; editable: boolean }) {
  const { t } = useTranslation('leads');
  const confirm = useConfirm();
  const say = useToast();
  const undo = useUndoMerge();
  return (
    <article className={css.item}>
      <header>
        <span>
          <Link to={recordPath('lead', merge.winner.id)}>{merge.winner.name}</Link> ← {listed(merge.losers.map((one) => one.name))}
        </span>
        <span className="muted">
          {merge.by?.name ?? t('merge.system')} · {dateTime(merge.at)}
        </span>
      </header>
      {merge.why && <span>{t('merge.whyWas', { why: merge.why })}</span>}
      {merge.signs.map((sign) => (
        <span key={sign.code} className={css.conflict}>
          {sign.message}
        </span>
      ))}
      {merge.undone_at ? (
        <span className="muted">{t('merge.undone', { name: merge.undone_by?.name ?? t('merge.system'), at: dateTime(merge.undone_at) })}</span>
      ) : (
        editable && (
          <div>
            <Button
              size="small"
              loading={undo.isPending}
              onClick={() => {
                confirm({
                  title: t('merge.undoTitle', { count: merge.losers.length }),
                  text: t('merge.undoText'),
                  ok: t('merge.undo'),
                  run: () =>
                    undo.mutateAsync(merge.id).catch((error: unknown) => {
                      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                    }),
                });
              }}
            >
              {t('merge.undo')}
            </Button>
          </div>
        )
      )}
    </article>
  );
}
