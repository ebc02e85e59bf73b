import LogPage from '@/features/saleslog/LogPage';
import { useOutbox } from '@/phone/outbox/useOutbox';

/** The sales log at a desk; what is noted lies where the phone's outbox lies. */
export default function DeskLog() {
  return <LogPage keeper={useOutbox().outbox} />;
}
