import type { MissingItem } from '@/api/types';
import { useRecord } from '@/features/records/queries';
import ConvertSheet from './ConvertSheet';

type Props = { id: number; locked?: MissingItem[]; onClose: () => void };

/** The conversion of a lead that is known by its id only, as a card on a board is. */
export default function ConvertLead({ id, locked, onClose }: Props) {
  const lead = useRecord('lead', id);
  return lead.data ? <ConvertSheet lead={lead.data} locked={locked} onClose={onClose} /> : null;
}
