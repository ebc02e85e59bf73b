import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import type { Pending } from './noted';
import { useSuggestions } from './queries';
import css from './saleslog.module.css';

/** What may help beside an event: the type's advice, its alternatives, playbooks. */
export function Suggestions({ event }: { event: Pending }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const text = useRested(event.text);
  const about = event.about;
  const where = about ? (about.type === 'customer' ? { customer_id: about.id } : { record_id: about.id }) : {};
  const found = useSuggestions(event.type, text, where).data;
  const advice = name(found?.advice);
  if (!found || (!advice && found.alternatives.length === 0 && found.playbooks.length === 0)) return null;
  return (
    <aside className={css.advice} aria-label={t('advice')}>
      {advice && <p>{advice}</p>}
      {found.alternatives.length > 0 && (
        <ol>
          {found.alternatives.map((one) => (
            <li key={name(one.name)}>
              <strong>{name(one.name)}</strong>
              <span>{name(one.text)}</span>
            </li>
          ))}
        </ol>
      )}
      {found.playbooks.map((one) => (
        <p key={one.id}>
          <Link to={one.link}>{one.title}</Link> <small className="muted">{one.why}</small>
        </p>
      ))}
    </aside>
  );
}
