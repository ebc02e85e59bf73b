import { useToday } from '@/features/desk/today';
import LogPage from '@/features/saleslog/LogPage';

/** The sales log, with the records that one has opened lately at hand. */
export default function LogRoute() {
  return <LogPage recent={useToday().data?.recent} />;
}
