import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryCard } from '@/features/playbooks/EntryCard';
import { PlanView } from '@/features/playbooks/PlanView';
import { useSuggestions } from '@/features/playbooks/queries';
import pages from '@/features/playbooks/playbooks.module.css';
import css from './phone.module.css';

function Suggested({ id }: { id: number }) {
  const { t } = useTranslation('playbooks');
  const rows = useSuggestions(id, '').data ?? [];
  return (
    <ul className={pages.list} aria-label={t('suggested')}>
      {rows.slice(0, 3).map((row) => (
        <EntryCard key={row.id} row={row} from="suggestion" />
      ))}
    </ul>
  );
}

/** What helps with a record, and a plan for what one types; asked for when it is opened. */
export default function PhonePlan({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('playbooks');
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={css.panel}>
      <details onToggle={(event) => { setOpen(event.currentTarget.open); }}>
        <summary>{t('plan.open')}</summary>
        {isOpen && (
          <>
            <PlanView record={{ type, id }} />
            <h2>{t('suggested')}</h2>
            <Suggested id={id} />
          </>
        )}
      </details>
    </section>
  );
}
