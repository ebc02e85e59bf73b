import { Navigate, useParams } from 'react-router';
import { recordPath } from '@/features/records/address';

/** Notices name a record by its address in the API; here it has a shorter one. */
export function RecordRedirect() {
  const { type = '', id } = useParams();
  return <Navigate to={recordPath(type, Number(id))} replace />;
}
