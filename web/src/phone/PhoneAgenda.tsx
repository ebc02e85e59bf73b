import { useTranslation } from 'react-i18next';
import css from '@/features/agenda/agenda.module.css';
import { AgendaView } from '@/features/agenda/AgendaView';
import { useMe } from '@/features/identity/session';

/** One's day or week on the phone. */
export default function PhoneAgenda() {
  const { t } = useTranslation('agenda');
  const me = useMe();
  const hasTeam = Object.values(me.can).some((verbs) => !['none', 'self'].includes(verbs['edit'] ?? 'none'));
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <AgendaView hasTeam={hasTeam} />
    </div>
  );
}
