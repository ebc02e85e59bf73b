import { useTranslation } from 'react-i18next';
import type { Clock } from '@/api/types';
import { Sheet } from '@/ui/Sheet';
import { ClockDetails } from './ClockDetails';

/** One clock with its why, beside the list it was found in. */
export default function OneClockSheet({ clock, onClose }: { clock: Clock; onClose: () => void }) {
  const { t } = useTranslation('sla');
  return (
    <Sheet title={clock.record ? t('clocksOf', { title: clock.record.title }) : t('clocks')} onClose={onClose} size={520}>
      <ClockDetails clock={clock} withRecord />
    </Sheet>
  );
}
