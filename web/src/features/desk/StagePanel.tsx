import { AuditOutlined, BulbOutlined, CheckCircleOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Move, RecordDetail, TypeMeta } from '@/api/types';
import { MissingList } from '@/features/process/MissingList';
import { awaitedApproval, nextMove } from '@/features/process/moves';
import { WaitingControl } from '@/features/process/WaitingControl';
import { stageOf } from '@/features/records/meta';
import { useName } from '@/ui/names';
import css from './StagePanel.module.css';

type Props = { type: TypeMeta; record: RecordDetail; onMove: (stage: string) => void; onGo: (where: string) => void };

const rank: Record<Move['kind'], number> = { forward: 0, reopen: 1, skip: 2, back: 3, close: 4 };

/** What this stage is for, what is missing to leave it, and the moves as buttons. */
export function StagePanel({ type, record, onMove, onGo }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const stage = stageOf(type, record.stage);
  const next = nextMove(record);
  const nextName = next ? name(stageOf(type, next.to_stage)?.name) : '';
  const missing = next?.missing ?? [];
  const approval = awaitedApproval(missing);
  const moves = [...record.moves].sort((a, b) => rank[a.kind] - rank[b.kind]);
  return (
    <div className={css.panel}>
      <div className={css.left}>
        {stage?.guidance && (
          <p className={css.guidance}>
            <BulbOutlined aria-hidden /> <span className="sr-only">{t('record.guidance')}</span>
            {name(stage.guidance)}
          </p>
        )}
        {record.waiting && (
          <p className={css.waiting}>
            <PauseCircleOutlined aria-hidden /> <WaitingControl type={type} record={record} />
          </p>
        )}
        {next && missing.length > 0 && !approval && (
          <section aria-label={t('record.missingFor', { stage: nextName, count: missing.length })}>
            <h2 className={css.heading}>{t('record.missingFor', { stage: nextName, count: missing.length })}</h2>
            <MissingList items={missing} type={type} onGo={onGo} />
          </section>
        )}
        {approval && (
          <p className={css.ready}>
            <AuditOutlined aria-hidden /> {t(approval.link ? 'sheet.approvalRunning' : 'sheet.approvalNeeded', { ns: 'process' })}{' '}
            {approval.link && <Link to={approval.link}>{t('sheet.openApproval', { ns: 'process' })}</Link>}
          </p>
        )}
        {next && missing.length === 0 && (
          <p className={css.ready}>
            <CheckCircleOutlined aria-hidden /> {t('record.readyFor', { stage: nextName })}
          </p>
        )}
        {record.opening && record.opening_missing.length > 0 && (
          <details className={css.opening}>
            <summary>
              {t('opening.title', { ns: 'process' })} · {t('opening.missing', { ns: 'process', count: record.opening_missing.length })}
            </summary>
            <MissingList items={record.opening_missing} type={type} onGo={onGo} />
          </details>
        )}
      </div>
      {record.can.move && moves.length > 0 && (
        <div className={css.moves}>
          {moves.map((move, index) => (
            <Button
              key={move.to_stage}
              type={index === 0 && move.kind === 'forward' ? 'primary' : 'default'}
              danger={move.kind === 'close' && stageOf(type, move.to_stage)?.kind === 'lost'}
              onClick={() => {
                onMove(move.to_stage);
              }}
            >
              {t(`moveVerb.${move.kind}`, { ns: 'process', stage: name(stageOf(type, move.to_stage)?.name) })}
            </Button>
          ))}
          {!record.waiting && <WaitingControl type={type} record={record} />}
        </div>
      )}
    </div>
  );
}
