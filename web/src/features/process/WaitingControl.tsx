import { PauseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { dateTime } from '@/ui/format';
import { MenuButton } from '@/ui/MenuButton';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './WaitingControl.module.css';
import { useWaiting } from './moves';

/** Starts or ends a wait for something outside; the stage's clock stands still meanwhile. */
export function WaitingControl({ type, record }: { type: TypeMeta; record: RecordDetail }) {
  const { t } = useTranslation('process');
  const name = useName();
  const say = useToast();
  const wait = useWaiting(type.key, record.id);
  const reasons = record.waiting_reasons;
  const set = (reason: string | null) => {
    wait.mutate(reason, {
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  if (record.waiting) {
    const reason = reasons.find((one) => one.key === record.waiting?.reason);
    return (
      <>
        {t('waiting.since', { reason: reason ? name(reason.name) : record.waiting.reason, since: dateTime(record.waiting.since) })}
        {record.can.move && (
          <button type="button" className={css.end} onClick={() => { set(null); }}>
            {t('waiting.end')}
          </button>
        )}
      </>
    );
  }
  if (reasons.length === 0 || stageOf(type, record.stage)?.kind !== 'open') return null;
  return (
    <MenuButton
      label={t('waiting.start')}
      className={css.start}
      named
      items={reasons.map((reason) => ({ key: reason.key, label: name(reason.name), run: () => { set(reason.key); } }))}
    >
      <PauseCircleOutlined aria-hidden /> {t('waiting.start')}
    </MenuButton>
  );
}
