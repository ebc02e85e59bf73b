import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TextsPerson, VagueText } from '@/api/types';
import { DataTable } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { useTexts, useVague, type Period } from './insight';
import css from './insight.module.css';
import { personColumn } from './personColumn';

const percent = (part: number, whole: number) => (whole > 0 ? `${String(Math.round((part / whole) * 100))}%` : '–');

function Row({ row, isNamed }: { row: VagueText; isNamed: boolean }) {
  const { t } = useTranslation('insight');
  return (
    <li className={css.row} data-tone="bad">
      <span className={css.grow}>
        <Link to={`/followups/${String(row.followup_id)}`}>{row.text || t('texts.empty')}</Link>
        <small>{[isNamed ? row.author.name : '', row.record.title, dateTime(row.at)].filter(Boolean).join(' · ')}</small>
      </span>
      <span className={css.mark}>{t(`texts.why.${row.why}`)}</span>
    </li>
  );
}

function PersonTexts({ person, period, onClose }: { person: TextsPerson['person']; period: Period; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const vague = useVague(person.id, period);
  return (
    <Sheet title={t('texts.of', { name: person.name })} onClose={onClose} size={640}>
      <Faces query={vague} rows={6} isEmpty={(found) => found.items.length === 0} empty={<Empty title={t('texts.allConcrete')} />}>
        {(found) => (
          <ul className={css.rows}>
            {found.items.map((row) => (
              <Row key={row.followup_id} row={row} isNamed={false} />
            ))}
          </ul>
        )}
      </Faces>
    </Sheet>
  );
}

/** How much of what was written says what was done. */
export function Texts({ period }: { period: Period }) {
  const { t } = useTranslation('insight');
  const texts = useTexts(period);
  const [opened, setOpened] = useState<TextsPerson['person'] | null>(null);
  const figure = (key: 'total' | 'concrete' | 'short' | 'stock' | 'copied') => ({
    key,
    title: t(`texts.${key}`),
    width: 110,
    align: 'right' as const,
    draw: (row: TextsPerson) => row[key],
  });
  return (
    <Faces query={texts} rows={8} isEmpty={(found) => found.total === 0} empty={<Empty title={t('none')} />}>
      {(found) => (
        <>
          <p className={css.lead}>{t('texts.lead', { share: percent(found.concrete, found.total), concrete: found.concrete, total: found.total })}</p>
          <DataTable
            stacks
            label={t('tabs.texts')}
            rows={found.people.map((row) => ({ ...row, id: row.person.id }))}
            rowName={(row) => row.person.name}
            onOpen={(row) => {
              setOpened(row.person);
            }}
            columns={[
              personColumn(t('person'), setOpened),
              { key: 'share', title: t('texts.share'), width: 120, align: 'right', draw: (row) => percent(row.concrete, row.total) },
              figure('total'),
              figure('concrete'),
              figure('stock'),
              figure('short'),
              figure('copied'),
            ]}
          />
          {found.sample.length > 0 && (
            <section className={css.card} aria-label={t('texts.sample', { count: found.sample.length })}>
              <h2>{t('texts.sample', { count: found.sample.length })}</h2>
              <ul className={css.rows}>
                {found.sample.map((row) => (
                  <Row key={row.followup_id} row={row} isNamed />
                ))}
              </ul>
            </section>
          )}
          {opened && <PersonTexts person={opened} period={period} onClose={() => { setOpened(null); }} />}
        </>
      )}
    </Faces>
  );
}
