import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { titleText } from '@/features/desk/columns';
import { isFollowed } from '@/features/fieldwork/followed';
import { FieldValue } from '@/features/fields/FieldValue';
import { RecordPool } from '@/features/pool/RecordPool';
import { MissingList } from '@/features/process/MissingList';
import { nextMove } from '@/features/process/moves';
import { PathHeader } from '@/features/process/PathHeader';
import { recordPath } from '@/features/records/address';
import { fieldOf, stageOf, useType } from '@/features/records/meta';
import { useRecord } from '@/features/records/queries';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Faces } from '@/ui/faces';
import { withWords } from '@/ui/i18n';
import { useName } from '@/ui/names';
import { PhoneMove } from './PhoneMove';
import { PhoneSupply } from './PhoneSupply';
import { RecordEntry } from './RecordEntry';
import css from './phone.module.css';

const RecordClocks = lazy(() => import('@/features/sla/RecordClocks').then((module) => ({ default: module.RecordClocks })));
const PhoneRecordApprovals = lazy(() => import('./PhoneRecordApprovals'));
const PhoneNurture = lazy(() => withWords('nurture', import('./PhoneNurture')));
const RecordFollowUps = lazy(() => withWords('followups', import('@/features/fieldwork/RecordFollowUps')));
const RecordConversations = lazy(() => withWords('conversations', import('@/features/conversations/RecordConversations')));
const RecordSupport = lazy(() => withWords('support', import('@/features/support/RecordSupport')));
const PhoneCheckHead = lazy(() => withWords('phonecheck', import('@/features/phonecheck/PhoneCheckHead')));
const PhonePlan = lazy(() => withWords('playbooks', import('./PhonePlan')));
const Timeline = lazy(() => import('@/features/records/Timeline'));

/** A record with its path, every missing item with the way to supply it, and its fields. */
export default function PhoneRecord() {
  const { t } = useTranslation('phone');
  const name = useName();
  const params = useParams();
  const base = useType(params['type'] ?? '');
  const id = Number(params['id']);
  const record = useRecord(params['type'] ?? '', id);
  const [moving, setMoving] = useState<string | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  return (
    <Faces query={record} rows={10}>
      {(data) => {
        if (!base) return null;
        const type = data.process ? { ...base, stages: data.process.stages } : base;
        const next = nextMove(data);
        const missing = next?.missing ?? [];
        const fields = [...new Set([...type.card_fields, ...type.list_columns])]
          .map((key) => fieldOf(type, key))
          .filter((field) => field !== undefined)
          .filter((field) => field.key !== type.title_field);
        return (
          <>
            <Link to={`/list?type=${type.key}`} className={css.back}>
              ← {name(type.plural)}
            </Link>
            <h1 className={css.title}>{titleText(data)}</h1>
            <Suspense fallback={null}>{type.key === 'contact' && <PhoneCheckHead type={type.key} id={data.id} />}</Suspense>
            {isFollowed(type.key) && !data.deleted_at && <RecordEntry type={type.key} record={data} />}
            {data.clock && (
              <details className={css.panel}>
                <summary>
                  <ClockBadge named clock={data.clock} />
                </summary>
                <Suspense fallback={null}>
                  <RecordClocks type={type.key} id={data.id} />
                </Suspense>
              </details>
            )}
            <RecordPool type={type.key} id={data.id} isOwned={data.owner !== null} isClosed={data.deleted_at !== null || (data.stage !== null && stageOf(type, data.stage)?.kind !== 'open')} />
            {data.path.length > 0 && <PathHeader record={data} type={type} onMove={setMoving} />}
            {next && (
              <section className={css.panel} aria-labelledby="next">
                <h2 id="next">
                  {missing.length > 0
                    ? t('record.missingFor', { ns: 'desk', stage: name(stageOf(type, next.to_stage)?.name), count: missing.length })
                    : t('record.readyFor', { ns: 'desk', stage: name(stageOf(type, next.to_stage)?.name) })}
                </h2>
                <MissingList items={missing} type={type} onGo={setPlace} />
                {place && <PhoneSupply key={place} where={place} type={type} record={data} onDone={() => { setPlace(null); }} />}
                {data.can.move && (
                  <div className={css.moves}>
                    {data.moves.map((move) => (
                      <button
                        key={move.to_stage}
                        type="button"
                        className={move.kind === 'forward' ? css.primary : css.plain}
                        onClick={() => {
                          setMoving(move.to_stage);
                        }}
                      >
                        {t(`moveVerb.${move.kind}`, { ns: 'process', stage: name(stageOf(type, move.to_stage)?.name) })}
                      </button>
                    ))}
                  </div>
                )}
              </section>
            )}
            {moving && <PhoneMove key={moving} type={type} record={data} toStage={moving} onClose={() => { setMoving(null); }} />}
            <section className={css.panel} aria-labelledby="fields">
              <h2 id="fields">{t('record.key', { ns: 'desk' })}</h2>
              <dl className={css.fields}>
                {fields.map((field) => (
                  <div key={field.key}>
                    <dt>{name(field.name)}</dt>
                    <dd>
                      <FieldValue field={field} record={data} />
                    </dd>
                  </div>
                ))}
              </dl>
              <a href={recordPath(type.key, data.id)}>{t('fullPage')}</a>
            </section>
            <Suspense fallback={null}>{type.key === 'lead' && <PhoneNurture type={type.key} id={data.id} />}</Suspense>
            <Suspense fallback={null}>
              <PhonePlan type={type.key} id={data.id} />
            </Suspense>
            <Suspense fallback={null}>
              <PhoneRecordApprovals type={type.key} id={data.id} />
            </Suspense>
            {isFollowed(type.key) && (
              <section className={css.panel} aria-labelledby="followups">
                <h2 id="followups">{t('record.tabs.followups', { ns: 'desk' })}</h2>
                <Suspense fallback={null}>
                  <RecordFollowUps type={type.key} id={data.id} isBrief />
                </Suspense>
              </section>
            )}
            {['customer', 'lead', 'deal'].includes(type.key) && (
              <section className={css.panel} aria-labelledby="conversations">
                <h2 id="conversations">{t('record.tabs.conversations', { ns: 'desk' })}</h2>
                <Suspense fallback={null}>
                  <RecordConversations type={type.key} id={data.id} />
                </Suspense>
              </section>
            )}
            {isFollowed(type.key) && (
              <section className={css.panel} aria-labelledby="support">
                <h2 id="support">{t('record.tabs.support', { ns: 'desk' })}</h2>
                <Suspense fallback={null}>
                  <RecordSupport type={type.key} id={data.id} via="phone" />
                </Suspense>
              </section>
            )}
            <section className={css.panel} aria-labelledby="timeline">
              <h2 id="timeline">{t('record.tabs.timeline', { ns: 'desk' })}</h2>
              <Suspense fallback={null}>
                <Timeline type={type.key} id={data.id} />
              </Suspense>
            </section>
          </>
        );
      }}
    </Faces>
  );
}
