import { Checkbox, DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { leadsOthers, useMe } from '@/features/identity/session';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useAddress } from '@/features/records/address';
import { Empty } from '@/ui/faces';
import { FollowUpList } from './FollowUpList';
import css from './fieldwork.module.css';
import type { FollowUpFilter } from './followups';

const states = ['all', 'counted', 'draft'] as const;

/** Follow-ups of oneself, or of all whom one leads: whose, of which day, counted or not, and those with open doubts. */
export default function FollowUpsPage() {
  const { t } = useTranslation('followups');
  const me = useMe();
  const address = useAddress();
  const state = states.find((one) => one === address.get('state')) ?? 'all';
  const everybody = address.get('author') === 'all' || (address.get('author') === null && leadsOthers(me));
  const author = Number(address.get('author')) || (everybody ? null : me.id);
  const day = address.get('day');
  const doubtful = address.get('doubtful') === '1';
  const unit = Number(address.get('unit')) || undefined;
  const filter: FollowUpFilter = {
    state: state === 'all' ? undefined : state,
    author: author ?? undefined,
    day: day || undefined,
    doubtful: doubtful || undefined,
    unit,
  };
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <div className={css.bar}>
        <Segmented
          aria-label={t('states')}
          options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state}
          onChange={(value) => { address.set({ state: value === 'all' ? null : value }); }}
        />
        <div style={{ width: 200 }}>
          <PersonPicker label={t('author')} value={author} known={me} onChange={(id) => { address.set({ author: id === null ? 'all' : String(id) }); }} />
        </div>
        <DatePicker
          aria-label={t('day')}
          placeholder={t('day')}
          value={day ? dayjs(day) : null}
          onChange={(value) => { address.set({ day: value ? value.format('YYYY-MM-DD') : null }); }}
        />
        <Checkbox checked={doubtful} onChange={(event) => { address.set({ doubtful: event.target.checked ? '1' : null }); }}>
          {t('doubtful')}
        </Checkbox>
      </div>
      <FollowUpList filter={filter} empty={<Empty title={t('noneSuch')} hint={t('noneSuchHint')} />} />
    </div>
  );
}
