import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { placeOf, type Place } from '@/features/process/where';
import { useAddress } from '@/features/records/address';
import { isScored } from '@/features/scoring/ScoreBadge';
import { Loading } from '@/ui/faces';
import { withWords } from '@/ui/i18n';
import { useExtras } from './extras';
import css from './RecordTabs.module.css';
import { useFileKinds } from './fileKinds';

const Timeline = lazy(() => import('@/features/records/Timeline'));
const Details = lazy(() => import('./Details'));
const DecisionChain = lazy(() => import('@/features/customers/DecisionChain'));
const Related = lazy(() => import('./Related'));
const RecordScore = lazy(() => withWords('scoring', import('@/features/scoring/RecordScore').then((module) => ({ default: module.RecordScore }))));
const BehaviourTrail = lazy(() => withWords('behaviour', import('@/features/behaviour/BehaviourTrail').then((module) => ({ default: module.BehaviourTrail }))));
const RecordClocks = lazy(() => import('@/features/sla/RecordClocks').then((module) => ({ default: module.RecordClocks })));
const RecordDocuments = lazy(() => import('@/features/documents/RecordDocuments'));
const RecordTasks = lazy(() => import('@/features/tasks/RecordTasks'));
const RecordApprovals = lazy(() => import('@/features/approvals/RecordApprovals'));
const LeadOrigin = lazy(() => import('@/features/leads/LeadOrigin'));
const FilesTab = lazy(() => import('@/features/files/FilesTab').then((module) => ({ default: module.FilesTab })));
const Checklist = lazy(() => import('@/features/process/Checklist'));

/** The tab where something missing is supplied. */
export function tabForPlace(place: Place): string {
  const tabs: Record<Place['part'], string> = {
    field: 'details',
    files: 'files',
    checklist: 'checklist',
    contacts: 'contacts',
    approval: 'approvals',
    other: 'details',
  };
  return tabs[place.part];
}

/** What is known of a record, one side at a time; the tab stands in the address. */
export function RecordTabs({ type, record }: { type: TypeMeta; record: RecordDetail }) {
  const { t } = useTranslation('desk');
  const address = useAddress();
  const focus = address.get('focus');
  const place = focus ? placeOf(focus) : null;
  const { kinds, wanted: lacking } = useFileKinds(record);
  const extras = useExtras(type).tabs;
  const hasChain = type.key === 'customer' || type.key === 'deal';
  const tabs = [
    'timeline',
    'details',
    ...(hasChain ? ['contacts'] : []),
    ...(type.has_process ? ['checklist'] : []),
    ...(type.key === 'lead' ? ['origin'] : []),
    'related',
    'tasks',
    'approvals',
    'clocks',
    ...(isScored(type) ? ['score', 'behaviour'] : []),
    ...extras.map((extra) => extra.key),
    'files',
  ];
  const wanted = address.get('tab') || (place ? tabForPlace(place) : '');
  const tab = tabs.includes(wanted) ? wanted : 'timeline';
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a narrow screen the chosen one may lie outside; only the row of tabs may move for it.
    const row = list.current;
    const chosen = row?.querySelector<HTMLElement>('[aria-selected=true]');
    if (row && chosen) row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.clientWidth) / 2;
  }, [tab]);
  const show = (key: string) => {
    address.set({ tab: key, focus: null }, true);
  };
  return (
    <section className={css.panel}>
      <div ref={list} className={css.tabs} role="tablist" aria-label={record.title}>
        {tabs.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`tab-${key}`}
            aria-selected={key === tab}
            aria-controls="record-tab"
            className={css.tab}
            onClick={() => {
              show(key);
            }}
          >
            {t(`record.tabs.${key}`)}
          </button>
        ))}
      </div>
      <div id="record-tab" role="tabpanel" aria-labelledby={`tab-${tab}`} className={css.content}>
        <Suspense fallback={<Loading />}>
          {tab === 'timeline' && <Timeline type={type.key} id={record.id} />}
          {tab === 'details' && <Details type={type} record={record} focus={place?.part === 'field' ? place.key : null} />}
          {tab === 'contacts' && <DecisionChain type={type.key} record={record} />}
          {tab === 'checklist' && <Checklist type={type} record={record} />}
          {tab === 'origin' && <LeadOrigin id={record.id} editable={record.can.edit && !record.deleted_at} />}
          {tab === 'approvals' && <RecordApprovals type={type.key} id={record.id} />}
          {tab === 'related' && <Related type={type} record={record} />}
          {tab === 'tasks' && <RecordTasks record={record} />}
          {tab === 'clocks' && <RecordClocks type={type.key} id={record.id} />}
          {tab === 'score' && <RecordScore type={type.key} id={record.id} />}
          {tab === 'behaviour' && <BehaviourTrail type={type.key} id={record.id} />}
          {extras.map(({ key, Part }) => tab === key && <Part key={key} type={type.key} id={record.id} />)}
          {tab === 'files' && <RecordDocuments id={record.id} />}
          {tab === 'files' && (
            <FilesTab
              type={type.key}
              id={record.id}
              kinds={kinds}
              wanted={lacking}
              chosen={place?.part === 'files' ? place.key : null}
              editable={record.can.edit && !record.deleted_at}
            />
          )}
        </Suspense>
      </div>
    </section>
  );
}
