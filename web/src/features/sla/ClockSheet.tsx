import { useTranslation } from 'react-i18next';
import { Sheet } from '@/ui/Sheet';
import { RecordClocks } from './RecordClocks';

type Props = { type: string; id: number; title: string; onClose: () => void };

/** The clocks of a record in a panel beside what one was looking at. */
export default function ClockSheet({ type, id, title, onClose }: Props) {
  const { t } = useTranslation('sla');
  return (
    <Sheet title={t('clocksOf', { title })} onClose={onClose} size={520}>
      <RecordClocks type={type} id={id} />
    </Sheet>
  );
}
