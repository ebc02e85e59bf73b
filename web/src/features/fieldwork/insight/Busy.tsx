import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BusyPerson, BusySubject } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { DataTable } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useBehind, useBusy, type Period } from './insight';
import css from './insight.module.css';
import { personColumn } from './personColumn';

const percent = (share: number) => `${String(Math.round(share * 100))}%`;

function useStageName(): (type: string, key: string) => string {
  const types = useTypes();
  const name = useName();
  return (type, key) => name(types.find((one) => one.key === type)?.stages.find((stage) => stage.key === key)?.name) || key;
}

function Subject({ row }: { row: BusySubject }) {
  const { t } = useTranslation('insight');
  const stageName = useStageName();
  return (
    <li className={css.row} data-tone={row.moved ? 'ok' : 'bad'}>
      <span className={css.grow}>
        <Link to={recordPath(row.subject.type, row.subject.id)}>{row.subject.title}</Link>
        <small>
          {t('busy.contactsLast', { count: row.contacts, at: dateTime(row.last_at) })}
          {row.deals.length > 0 && ` · ${row.deals.map((deal) => t('busy.stands', { title: deal.title, stage: stageName('deal', deal.stage) })).join(' · ')}`}
        </small>
        {row.steps.map((step) => (
          <small key={`${String(step.record.id)}-${step.at}`}>
            {t('busy.step', { title: step.record.title, stage: stageName(step.record.type, step.stage), at: dateTime(step.at) })}
          </small>
        ))}
      </span>
      <span className={css.mark}>{t(row.moved ? 'busy.moved' : 'busy.still')}</span>
    </li>
  );
}

/** One person: hints with their reasons, and the customers behind the figures. */
export function PersonSheet({ person, period, onClose }: { person: { id: number; name: string }; period: Period; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const behind = useBehind(person.id, period);
  return (
    <Sheet title={person.name} onClose={onClose} size={720}>
      <Faces query={behind} rows={8}>
        {(found) => (
          <div className={css.sheet}>
            {found.hints.length > 0 && (
              <section aria-label={t('hints')} className={css.hints}>
                <h2>{t('hints')}</h2>
                <ul>
                  {found.hints.map((hint) => (
                    <li key={hint.key}>{hint.text}</li>
                  ))}
                </ul>
                <small className="muted">{t('hintsBy')}</small>
              </section>
            )}
            <h2>{t('busy.behind', { count: found.subjects.length })}</h2>
            {found.subjects.length === 0 ? (
              <Empty title={t('none')} />
            ) : (
              <ul className={css.rows}>
                {found.subjects.map((row) => (
                  <Subject key={row.subject.id} row={row} />
                ))}
              </ul>
            )}
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

/** Contacts against steps forward, person by person. */
export function Busy({ period }: { period: Period }) {
  const { t } = useTranslation('insight');
  const busy = useBusy(period);
  const [opened, setOpened] = useState<BusyPerson['person'] | null>(null);
  return (
    <Faces query={busy} rows={8} isEmpty={(found) => found.people.length === 0} empty={<Empty title={t('none')} />}>
      {(found) => (
        <>
          <p className={css.lead}>{t('busy.lead', { active: found.active, stuck: found.stuck })}</p>
          <DataTable
            stacks
            label={t('tabs.busy')}
            rows={found.people.map((row) => ({ ...row, id: row.person.id }))}
            rowName={(row) => row.person.name}
            onOpen={(row) => {
              setOpened(row.person);
            }}
            columns={[
              personColumn(t('person'), setOpened),
              {
                key: 'state',
                title: t('busy.state'),
                width: 150,
                draw: (row) => (row.is_stuck ? <strong className={css.bad}>{t('busy.stuck')}</strong> : row.is_active ? t('busy.active') : '–'),
              },
              { key: 'contacts', title: t('busy.contacts'), width: 120, align: 'right', draw: (row) => row.contacts },
              { key: 'subjects', title: t('busy.subjects'), width: 120, align: 'right', draw: (row) => row.subjects },
              { key: 'moved', title: t('busy.movedCount'), width: 140, align: 'right', draw: (row) => row.moved },
              { key: 'share', title: t('busy.share'), width: 110, align: 'right', draw: (row) => percent(row.share) },
              { key: 'last', title: t('busy.last'), width: 160, draw: (row) => dateTime(row.last_at) },
            ]}
          />
          {opened && <PersonSheet person={opened} period={period} onClose={() => { setOpened(null); }} />}
        </>
      )}
    </Faces>
  );
}
